import { Button, Group, Popover, Stack, Text, TextInput, UnstyledButton } from "@mantine/core";
import { type NodeViewProps, NodeViewWrapper } from "@tiptap/react";
import { useTranslation } from "react-i18next";
import { ALWAYS_FILLED, chipWords, isAskedFor, lacksFallback, type Chip } from "@/flow/merge";
import classes from "./Text.module.css";
import { chipOf } from "./content";

/** A merge tag as people read it, amber while its fallback is missing; opened, the fallback is edited. */
export function ChipView({ node, updateAttributes, deleteNode, editor }: NodeViewProps) {
  const { t } = useTranslation("sequences");
  const chip = chipOf(node.attrs);
  const lacks = lacksFallback(chip) && !isAskedFor(chip.name, editor.state.doc.textContent);
  const shape = { className: classes.chip ?? "", "data-lacks": lacks || undefined };
  if (!editor.isEditable) {
    return (
      <NodeViewWrapper as="span">
        <span {...shape}>
          <Face chip={chip} />
        </span>
      </NodeViewWrapper>
    );
  }
  return (
    <NodeViewWrapper as="span">
      <Popover position="bottom-start" width={280} trapFocus returnFocus>
        <Popover.Target>
          <UnstyledButton
            component="span"
            role="button"
            tabIndex={0}
            {...shape}
            contentEditable={false}
            aria-label={t(lacks ? "chip.labelLacks" : "chip.label", { name: chipWords(chip.name) })}
          >
            <Face chip={chip} />
          </UnstyledButton>
        </Popover.Target>
        <Popover.Dropdown>
          <ChipForm
            chip={chip}
            onFallback={(fallback) => {
              updateAttributes({ fallback });
            }}
            onRemove={() => {
              deleteNode();
            }}
          />
        </Popover.Dropdown>
      </Popover>
    </NodeViewWrapper>
  );
}

function Face({ chip }: { readonly chip: Chip }) {
  const { t } = useTranslation("sequences");
  const { name, fallback } = chip;
  return (
    <>
      {chipWords(name)}
      {fallback !== undefined && (
        <Text span inherit fw={400} opacity={0.8}>
          {fallback === "" ? t("chip.orNothing") : t("chip.or", { fallback })}
        </Text>
      )}
    </>
  );
}

interface ChipFormProps {
  readonly chip: Chip;
  readonly onFallback: (fallback: string | null) => void;
  readonly onRemove: () => void;
}

function ChipForm({ chip: { name, fallback }, onFallback, onRemove }: ChipFormProps) {
  const { t } = useTranslation("sequences");
  const always = ALWAYS_FILLED.has(name);
  return (
    <Stack gap="sm">
      <Text fz="xs" c="dimmed" ff="monospace">
        {name}
      </Text>
      {always ? (
        <Text>{t("chip.always")}</Text>
      ) : (
        <TextInput
          label={t("chip.fallback")}
          description={t("chip.hint")}
          data-autofocus
          value={fallback ?? ""}
          onChange={(event) => {
            onFallback(event.currentTarget.value || null);
          }}
        />
      )}
      <Group justify="flex-end" gap="sm">
        {fallback === undefined && !always && (
          <Button
            size="xs"
            variant="subtle"
            onClick={() => {
              onFallback("");
            }}
          >
            {t("chip.leaveEmpty")}
          </Button>
        )}
        <Button size="xs" variant="subtle" color="red" onClick={onRemove}>
          {t("chip.remove")}
        </Button>
      </Group>
    </Stack>
  );
}
