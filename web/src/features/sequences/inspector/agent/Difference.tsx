import { Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Problem } from "@/ui/Problem";
import { type Part, wordDifference } from "../../text/wordDifference";
import type { OwnWords } from "./ownWords";

interface DifferenceProps {
  readonly before: OwnWords;
  readonly after: OwnWords;
  readonly concerns: readonly string[];
}

/** What would be said instead: words that go are struck out, words that come are underlined. */
export function Difference({ before, after, concerns }: DifferenceProps) {
  const { t } = useTranslation("sequences");
  return (
    <Stack gap="sm">
      {after.subject !== "" && (
        <Text component="div">
          <Text span inherit c="dimmed">
            {t("mail.subject")}{" "}
          </Text>
          <Parts parts={wordDifference(before.subject, after.subject)} />
        </Text>
      )}
      <Text component="div" style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
        <Parts parts={wordDifference(before.text.trim(), after.text.trim())} />
      </Text>
      {concerns.map((concern) => (
        <Problem key={concern} tone="amber" title={concern} />
      ))}
    </Stack>
  );
}

function Parts({ parts }: { readonly parts: readonly Part[] }) {
  return parts.map(({ kind, text }, index) => {
    if (kind === "same") return <span key={index}>{text}</span>;
    if (kind === "gone") {
      return (
        <del key={index} style={{ color: "var(--db-text-3)" }}>
          {text}
        </del>
      );
    }
    return (
      <ins key={index} style={{ background: "var(--db-accent-wash)", color: "var(--db-accent-text)" }}>
        {text}
      </ins>
    );
  });
}
