import { Menu, UnstyledButton } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import type { Slot } from "@/flow/ways";
import { useIs } from "@/ui/cell";
import { KindItems } from "../editor/KindPicker";
import classes from "./Edge.module.css";
import { slotName, useCanvas } from "./room";

interface PlusProps {
  readonly slot: Slot;
  /** Names the place for those who do not see it. */
  readonly where: string;
}

/** The + on an edge: a step is put here, chosen from a list or dropped. */
export const Plus = memo(function Plus({ slot, where }: PlusProps) {
  const { t } = useTranslation("sequences");
  const { deeds, over, adding } = useCanvas();
  const name = slotName(slot);
  const isOver = useIs(over, name);
  const isOpen = useIs(adding, name);
  return (
    <Menu
      position="bottom-start"
      width={320}
      keepMounted={false}
      opened={isOpen}
      onChange={(opened) => {
        adding.set(opened ? name : "");
      }}
    >
      <Menu.Target>
        <UnstyledButton
          className={`nodrag nopan ${classes.plus ?? ""}`}
          data-add
          data-slot={name}
          data-over={isOver || undefined}
          aria-label={t("canvas.addHere", { where })}
          onClick={apart}
        >
          <IconPlus size={13} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown
        className="nowheel nodrag"
        mah="min(560px, 70vh)"
        style={{ overflowY: "auto" }}
        onClick={apart}
      >
        <KindItems
          onAdd={(offer) => {
            adding.set("");
            deeds.add(slot, offer);
          }}
        />
      </Menu.Dropdown>
    </Menu>
  );
}, isSamePlace);

function isSamePlace(one: PlusProps, other: PlusProps): boolean {
  return one.where === other.where && slotName(one.slot) === slotName(other.slot);
}

/** Keep a click from the node that the + is drawn in: it would be chosen instead of the new step. */
function apart(event: React.MouseEvent): void {
  event.stopPropagation();
}
