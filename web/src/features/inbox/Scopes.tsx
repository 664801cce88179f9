import { Box } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { SENTIMENTS } from "@/api/inbox";
import { Chips } from "@/ui/Chips";
import { FilterBar } from "@/ui/FilterBar";
import { PickOne } from "@/ui/picks";
import { useWords } from "@/ui/words/useWords";

interface ScopesProps {
  readonly view: { readonly scope: string; readonly q: string; readonly meant: string };
  readonly onView: (changed: { scope?: string; q?: string; meant?: string }) => void;
  readonly counts:
    { readonly needs_answer: number; readonly questions: number; readonly unmatched: number } | undefined;
}

/** Which conversations. */
export function Scopes({ view, onView, counts }: ScopesProps) {
  const { t } = useTranslation("inbox");
  const { word } = useWords();
  return (
    <Box>
      <FilterBar
        stacked
        {...(view.scope !== "unmatched" && {
          search: {
            value: view.q,
            label: t("search"),
            onChange: (q: string) => {
              onView({ q });
            },
          },
        })}
      >
        <Chips
          label={t("scopes")}
          value={view.scope}
          onChange={(scope) => {
            onView({ scope });
          }}
          chips={[
            { value: "needs_answer", label: t("scope.needs_answer"), count: counts?.needs_answer },
            { value: "questions", label: t("scope.questions"), count: counts?.questions },
            { value: "mine", label: t("scope.mine") },
            { value: "all", label: t("scope.all") },
            { value: "unmatched", label: t("scope.unmatched"), count: counts?.unmatched },
          ]}
        />
        {view.scope !== "unmatched" && (
          <PickOne
            label={t("sentiment.label")}
            value={view.meant}
            options={[
              { value: "", label: t("sentiment.all") },
              ...SENTIMENTS.map((value) => ({ value, label: word("sentiment", value) })),
            ]}
            onChange={(meant) => {
              onView({ meant });
            }}
          />
        )}
      </FilterBar>
    </Box>
  );
}
