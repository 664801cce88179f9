import { useTranslation } from "react-i18next";
import { useComparison } from "@/api/sequenceContent";
import type { Sequence } from "@/api/sequences";
import type { Editor } from "../editor/useDraft";

interface StandingProps {
  readonly sequence: Sequence;
  readonly editor: Editor | undefined;
}

/** Which version is live, and how many steps of the working copy say something else. */
export function Standing({ sequence, editor }: StandingProps) {
  const { t } = useTranslation("sequences");
  const { version, is_default: isDefault } = sequence;
  if (version === null) return t("page.neverPublished");
  const { changed, revision } = editor?.copy.saved ?? sequence.draft;
  return (
    <span className="tabular">
      {t("page.live", { number: version.number })}
      {changed && <Changes id={sequence.id} number={version.number} revision={revision} />}
      {isDefault && ` · ${t("default.is")}`}
    </span>
  );
}

interface ChangesProps {
  readonly id: number;
  readonly number: number;
  readonly revision: number;
}

function Changes({ id, number, revision }: ChangesProps) {
  const { t } = useTranslation("sequences");
  const count = useComparison(id, String(number), "draft", revision).data?.steps.length ?? 0;
  return count > 0 && ` · ${t("page.changes", { count })}`;
}
