import { useTranslation } from "react-i18next";
import { Anchor } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { Link } from "react-router";
import type { Sequence } from "@/api/sequences";
import { DRAFT, useCompared } from "../compare/useSides";
import type { Editor } from "../editor/useDraft";
import { useStepsView } from "../useStepsView";

interface StandingProps {
  readonly sequence: Sequence;
  readonly editor: Editor | undefined;
}

/** Which version is live, and how many steps of the working copy say something else. */
export function Standing({ sequence, editor }: StandingProps) {
  const { t } = useTranslation("sequences");
  const { version, is_default: isDefault } = sequence;
  if (version === null) return t("page.neverPublished");
  const { changed } = editor?.copy.saved ?? sequence.draft;
  return (
    <span className="tabular">
      {t("page.live", { number: version.number })}
      {changed && <Changes sequence={sequence} editor={editor} number={version.number} />}
      {isDefault && ` · ${t("default.is")}`}
    </span>
  );
}

/** Milliseconds after the last edit: counting walks through both flows, and nobody reads it while typing. */
const SETTLED = 250;

/** How many steps say something else than the version that is live, and the way to see them. */
function Changes({ sequence, editor, number }: StandingProps & { readonly number: number }) {
  const { t } = useTranslation("sequences");
  const [view] = useStepsView(sequence.id);
  const [settled] = useDebouncedValue(editor, SETTLED);
  const count =
    useCompared({ sequence, editor: settled ?? editor }, String(number), DRAFT)?.comparison.steps.length ?? 0;
  if (count === 0) return null;
  return (
    <>
      {" · "}
      <Anchor
        component={Link}
        inherit
        to={`/sequences/${sequence.id}/history/compare?before=${number}&view=${view}`}
      >
        {t("page.changes", { count })}
      </Anchor>
    </>
  );
}
