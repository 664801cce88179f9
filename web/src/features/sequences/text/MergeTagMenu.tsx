import { ActionIcon, Button, Menu, Text } from "@mantine/core";
import { IconBraces } from "@tabler/icons-react";
import type { Editor } from "@tiptap/react";
import { useTranslation } from "react-i18next";
import { useMergeTags, type MergeTag } from "@/api/sequenceContent";
import { CHIP } from "./content";

interface MergeTagMenuProps {
  readonly editor: Editor | null;
  readonly compact?: boolean;
}

const GROUPS = [
  "contact",
  "custom",
  "sender",
  "workspace",
  "sequence",
] as const satisfies readonly MergeTag["group"][];

/** Put a merge tag where one writes. */
export function MergeTagMenu({ editor, compact = false }: MergeTagMenuProps) {
  const { t } = useTranslation("sequences");
  return (
    <Menu position="bottom-end" width={260} returnFocus={false}>
      <Menu.Target>
        {compact ? (
          <ActionIcon size="sm" m={4} aria-label={t("chip.insert")} title={t("chip.insert")}>
            <IconBraces size={14} />
          </ActionIcon>
        ) : (
          <Button size="xs" variant="subtle" color="gray" leftSection={<IconBraces size={14} />}>
            {t("chip.insert")}
          </Button>
        )}
      </Menu.Target>
      <Menu.Dropdown mah={360} style={{ overflowY: "auto" }}>
        <Items editor={editor} />
      </Menu.Dropdown>
    </Menu>
  );
}

function Items({ editor }: Pick<MergeTagMenuProps, "editor">) {
  const { t } = useTranslation("sequences");
  const tags = useMergeTags().data ?? [];
  const insert = (tag: string) => {
    editor
      ?.chain()
      .focus()
      .insertContent({ type: CHIP, attrs: { name: tag, fallback: null } })
      .run();
  };
  return GROUPS.map((group) => {
    const own = tags.filter((tag) => tag.group === group);
    if (own.length === 0) return null;
    return (
      <div key={group}>
        <Menu.Label>{t(`chip.group.${group}`)}</Menu.Label>
        {own.map(({ tag, label, example }) => (
          <Menu.Item
            key={tag}
            rightSection={
              <Text fz="xs" c="var(--db-text-3)" truncate maw={120}>
                {example}
              </Text>
            }
            onClick={() => {
              insert(tag);
            }}
          >
            {label}
          </Menu.Item>
        ))}
      </div>
    );
  });
}
