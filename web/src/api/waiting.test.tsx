import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { renderHook, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { expect, it } from "vitest";
import { serve } from "@/app/testing/server";
import { useDueTasks } from "./waiting";

it("counts a task that is overdue once: it is due today too", async () => {
  serve({ "GET /api/tasks/counts": { overdue: 1, today: 3, upcoming: 5 } });
  const client = new QueryClient();
  const wrapper = ({ children }: { readonly children: ReactNode }) => (
    <QueryClientProvider client={client}>{children}</QueryClientProvider>
  );
  const { result } = renderHook(useDueTasks, { wrapper });
  await waitFor(() => {
    expect(result.current).toBe(3);
  });
});
