import { ActionIcon, Menu } from "@mantine/core";
import {
  IconArchive,
  IconCopy,
  IconDots,
  IconDownload,
  IconLock,
  IconPencil,
  IconStar,
  IconStarOff,
  IconTags,
  IconTemplate,
  IconTrash,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { SequenceCard } from "@/api/sequences";

export type CardAct =
  "default" | "rename" | "tags" | "duplicate" | "template" | "export" | "password" | "archive" | "delete";

interface CardMenuProps {
  readonly card: Pick<SequenceCard, "name" | "status" | "deletable" | "is_default">;
  readonly rights: readonly string[];
  readonly onAct: (act: CardAct) => void;
}

const ITEMS = [
  { act: "default", icon: IconStar, right: "sequences.edit" },
  { act: "rename", icon: IconPencil, right: "sequences.edit" },
  { act: "tags", icon: IconTags, right: "sequences.edit" },
  { act: "duplicate", icon: IconCopy, right: "sequences.create" },
  { act: "template", icon: IconTemplate, right: "sequences.create" },
  { act: "export", icon: IconDownload, right: "sequences.view" },
  { act: "password", icon: IconLock, right: "sequences.edit" },
  { act: "archive", icon: IconArchive, right: "sequences.delete" },
  { act: "delete", icon: IconTrash, right: "sequences.delete" },
] as const;

/** What can be done with a whole sequence; what cannot is left out. */
export function CardMenu({ card, rights, onAct }: CardMenuProps) {
  const { t } = useTranslation("sequences");
  const items = ITEMS.filter(({ act, right }) => rights.includes(right) && isPossible(act, card));
  return (
    <Menu position="bottom-end" width={200}>
      <Menu.Target>
        <ActionIcon size="sm" aria-label={t("menu.label", { name: card.name })} data-screen-only>
          <IconDots size={16} stroke={1.75} color="var(--db-text-3)" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {items.map(({ act, icon: Icon }) => (
          <Menu.Item
            key={act}
            leftSection={
              act === "default" && card.is_default ? (
                <IconStarOff size={16} stroke={1.75} />
              ) : (
                <Icon size={16} stroke={1.75} />
              )
            }
            {...(act === "delete" && { color: "red" })}
            onClick={() => {
              onAct(act);
            }}
          >
            {t(act === "default" && card.is_default ? "menu.noDefault" : `menu.${act}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function isPossible(act: CardAct, card: CardMenuProps["card"]): boolean {
  if (act === "default") return card.is_default || card.status === "active";
  if (act === "delete") return card.deletable;
  if (act === "archive") return card.status !== "archived" && !card.deletable;
  return !["rename", "tags", "password"].includes(act) || card.status !== "archived";
}
