// The working copy as a page opens it: what is kept in the browser is kept from the first edit on.
import { QueryClientProvider, QueryClient } from "@tanstack/react-query";
import { act, renderHook, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { beforeEach, expect, it } from "vitest";
import { serve } from "@/app/testing/server";
import { SESSION } from "@/app/testing/session";
import { lineOf } from "@/flow/testing/steps";
import { add } from "./testing";
import { useDraft } from "./useDraft";

beforeEach(() => {
  window.localStorage.clear();
  const draft = { revision: 1, saved_at: "", saved_by: null, changed: true, problems: [] };
  serve({ "GET /api/sequences/7/draft": { ...draft, document: lineOf("a", "b") } });
});

async function opened(readOnly: boolean, session?: typeof SESSION) {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity, retry: false } } });
  if (session !== undefined) client.setQueryData(["session"], session);
  const wrapper = ({ children }: { readonly children: ReactNode }) => (
    <QueryClientProvider client={client}>{children}</QueryClientProvider>
  );
  const page = renderHook(({ isShut }) => useDraft(7, isShut), {
    wrapper,
    initialProps: { isShut: readOnly },
  });
  await waitFor(() => {
    expect(page.result.current).toBeDefined();
  });
  return { client, ...page };
}

async function edited({ result }: Awaited<ReturnType<typeof opened>>) {
  await waitFor(() => {
    expect(result.current?.readOnly).toBe(false);
  });
  act(() => {
    result.current?.store.edit(add("x"));
  });
}

it("keeps edits where the sequence may be edited", async () => {
  const page = await opened(false, SESSION);
  await edited(page);
  expect(page.result.current?.store.isKept()).toBe(true);
});

it("keeps them too where it was unlocked after it was opened", async () => {
  const page = await opened(true, SESSION);
  page.rerender({ isShut: false });
  await edited(page);
  expect(page.result.current?.store.isKept()).toBe(true);
});

it("keeps them too where it is known who is signed in after it was opened", async () => {
  const page = await opened(true);
  act(() => {
    page.client.setQueryData(["session"], SESSION);
  });
  page.rerender({ isShut: false });
  await edited(page);
  expect(page.result.current?.store.isKept()).toBe(true);
});

it("brings back what was kept once the sequence is unlocked", async () => {
  const first = await opened(false, SESSION);
  await edited(first);
  first.unmount();
  const page = await opened(true, SESSION);
  expect(page.result.current?.document.start).toBe("a");
  page.rerender({ isShut: false });
  await waitFor(() => {
    expect(page.result.current?.document.start).toBe("x");
  });
});

it("goes on with the same edits while it may not be edited for a moment", async () => {
  const page = await opened(false, SESSION);
  await edited(page);
  const store = page.result.current?.store;
  page.rerender({ isShut: true });
  page.rerender({ isShut: false });
  expect(page.result.current?.store).toBe(store);
});
