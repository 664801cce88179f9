import { MantineProvider } from "@mantine/core";
import { MutationCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { MutationWords } from "@/api/query";
import { failToast, undoToast } from "@/ui/toasts";
import { cssVariables, theme } from "./theme";

interface ProvidersProps {
  readonly children: ReactNode;
  readonly env?: "default" | "test";
}

const FRESH = 5_000;

/** Server state: fresh for a moment, and each change of one's own says how it went. */
function createQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: { queries: { staleTime: FRESH } },
    mutationCache: new MutationCache({
      onSuccess: (data, variables, _context, { meta }) => {
        const text = meta?.said?.(variables, data) ?? "";
        if (text !== "") undoToast({ text, ...wayBack(meta, variables, data) });
      },
      onError: (error, _variables, _context, { meta }) => {
        if (meta?.quiet !== true) failToast(error.message);
      },
    }),
  });
}

/** How it is taken back, where it can be. */
function wayBack(meta: MutationWords | undefined, variables: unknown, data: unknown) {
  const { undo, undoFor, mayUndo } = meta ?? {};
  if (undo === undefined || mayUndo?.(variables) === false) return {};
  return { undo: () => takeBack(undo(variables, data)), until: untilOf(undoFor) };
}

function untilOf(undoFor: number | undefined): number | undefined {
  return undoFor === undefined ? undefined : Date.now() + undoFor;
}

async function takeBack(undone: Promise<unknown>): Promise<void> {
  try {
    await undone;
  } catch (error) {
    failToast(error instanceof Error ? error.message : String(error));
  }
}

/** The look, with a name for the cross of every dialog; Mantine has none for it. */
function closingAs(label: string) {
  const named = { defaultProps: { "aria-label": label } };
  return { ...theme, components: { ...theme.components, ModalCloseButton: named, DrawerCloseButton: named } };
}

/** What every page may rely on: the look, and server state in one place. */
export function Providers({ children, env = "default" }: ProvidersProps) {
  const [queries] = useState(createQueries);
  const { t } = useTranslation();
  return (
    <QueryClientProvider client={queries}>
      <MantineProvider
        theme={closingAs(t("close"))}
        cssVariablesResolver={cssVariables}
        defaultColorScheme="auto"
        env={env}
      >
        {children}
      </MantineProvider>
    </QueryClientProvider>
  );
}
