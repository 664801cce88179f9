import { Select, Text } from "@mantine/core";
import type { TFunction } from "i18next";
import { Trans, useTranslation } from "react-i18next";
import type { MovePart } from "@/api/sequenceCare";
import { useVersion } from "@/api/sequenceContent";
import type { FlowDocument } from "@/flow/document";
import { inOrder } from "@/flow/outline";
import { stepAt } from "@/flow/ways";
import { stepTitle } from "../stepWords";

interface MovePartLineProps {
  readonly sequence: number;
  readonly part: MovePart;
  /** Its counts are of another choice; those of this one are on their way. */
  readonly isOld: boolean;
  /** The flow that they move to; undefined until it is there. */
  readonly flow: FlowDocument | undefined;
  readonly to: string | null;
  readonly onMap: (to: string | null) => void;
}

/** Those who stand at one step: it is there still, or one says where they go on. */
export function MovePartLine({ sequence, part, isOld, flow, to, onMap }: MovePartLineProps) {
  const { t } = useTranslation("sequences");
  const own = useVersion(sequence, part.version).data?.document as unknown as FlowDocument | undefined;
  const isVanished = part.to === null || part.mapped;
  const name = part.name || titleIn(t, own, part.step);
  return (
    <>
      <span>
        <Trans
          t={t}
          i18nKey="move.at"
          count={part.people}
          values={{ step: name, version: part.version }}
          components={{ b: <b /> }}
        />
        <PartNotes part={part} isOld={isOld} />
      </span>
      {isVanished ? (
        <Select
          size="xs"
          w={230}
          clearable
          aria-label={t("move.goOn", { step: name })}
          placeholder={t("move.stayHere")}
          data={(flow ? inOrder(flow) : []).map((key) => ({ value: key, label: titleIn(t, flow, key) }))}
          value={to}
          onChange={onMap}
        />
      ) : (
        <Text c="dimmed">{t("move.same")}</Text>
      )}
    </>
  );
}

/** Return what a step is called in a flow, its key where it is not in it. */
function titleIn(t: TFunction<"sequences">, flow: FlowDocument | undefined, key: string): string {
  const step = flow && stepAt(flow, key);
  return flow && step ? stepTitle(t, step, flow) : key;
}

/** What becomes of how many of them: who moves, who waits for a message that is out, who stays where they are. */
function PartNotes({ part, isOld }: Pick<MovePartLineProps, "part" | "isOld">) {
  const { t } = useTranslation("sequences");
  const { out, behind, version } = part;
  const rest = part.people - out - behind;
  const counts = [
    { key: part.to === null ? "moving.stays" : "moving.moves", count: rest },
    { key: "move.out", count: out },
    { key: "move.behind", count: behind },
  ] as const;
  const notes = counts.filter(({ count }) => count > 0).map(({ key, count }) => t(key, { count, version }));
  return (
    <Text component="div" fz="xs" c="dimmed" aria-busy={isOld}>
      {notes.join(" · ")}
      {part.to === null && <div>{t("moving.gone")}</div>}
    </Text>
  );
}
