import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { cssVariables, theme } from "./theme";

interface ProvidersProps {
  readonly children: ReactNode;
  readonly env?: "default" | "test";
}

/** What every page may rely on: the look, and server state in one place. */
export function Providers({ children, env = "default" }: ProvidersProps) {
  const [queries] = useState(() => new QueryClient({ defaultOptions: { queries: { staleTime: 5_000 } } }));
  return (
    <QueryClientProvider client={queries}>
      <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto" env={env}>
        {children}
      </MantineProvider>
    </QueryClientProvider>
  );
}
