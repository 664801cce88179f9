import { useTranslation } from "react-i18next";
import { ApiError } from "@/api/client";
import type { Tried } from "@/api/senders";
import { Problem } from "@/ui/Problem";

interface TriedLineProps {
  readonly tried: Tried | undefined;
  readonly error: Error | null;
}

/** How far the trial came, and what was said there. */
export function TriedLine({ tried, error }: TriedLineProps) {
  const { t } = useTranslation("senders");
  if (error !== null) {
    const said = error instanceof ApiError ? error.problem?.detail : undefined;
    return <Problem tone="red" title={said ?? error.message} />;
  }
  if (tried === undefined) return null;
  return <Problem tone={tried.ok ? "green" : "red"} title={t(`tried.${tried.stage}`)} text={tried.text} />;
}
