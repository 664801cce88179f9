import { Select, Text } from "@mantine/core";
import type { TFunction } from "i18next";
import { Trans, useTranslation } from "react-i18next";
import type { MovePart } from "@/api/sequenceCare";
import type { FlowDocument } from "@/flow/document";
import { inOrder } from "@/flow/outline";
import { stepAt } from "@/flow/ways";
import { stepTitle } from "../stepWords";

interface MovePartLineProps {
  readonly part: MovePart;
  /** The flow that they move to; undefined until it is there. */
  readonly flow: FlowDocument | undefined;
  readonly to: string | null;
  readonly onMap: (to: string | null) => void;
}

/** Those who stand at one step: it is there still, or one says where they go on. */
export function MovePartLine({ part, flow, to, onMap }: MovePartLineProps) {
  const { t } = useTranslation("sequences");
  const isVanished = part.to === null || part.mapped;
  const name = part.name || titleIn(t, flow, part.step);
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
        <PartNotes part={part} />
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

/** How many of them wait for a message that is out, and how many have the step behind them already. */
function PartNotes({ part }: { readonly part: MovePart }) {
  const { t } = useTranslation("sequences");
  const notes = (["out", "behind"] as const)
    .filter((name) => part[name] > 0)
    .map((name) => t(`move.${name}`, { count: part[name] }));
  if (notes.length === 0) return null;
  return (
    <Text fz="xs" c="dimmed">
      {notes.join(" · ")}
    </Text>
  );
}
