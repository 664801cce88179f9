import { Button, Group, Popover, Stack, Text, TextInput, UnstyledButton } from "@mantine/core";
import { type NodeViewProps, NodeViewWrapper } from "@tiptap/react";
import { useTranslation } from "react-i18next";
import { ALWAYS_FILLED, chipWords, lacksFallback } from "@/flow/merge";
import classes from "./Text.module.css";
import { chipOf } from "./content";

/** A merge tag as people read it, amber while its fallback is missing; opened, the fallback is edited. */
export function ChipView({ node, updateAttributes, deleteNode, editor }: NodeViewProps) {
  const { t } = useTranslation("sequences");
  const chip = chipOf(node.attrs);
  const lacks = lacksFallback(chip);
  const face = (
    <>
      {chipWords(chip.name)}
      {chip.fallback !== undefined && (
        <Text span inherit fw={400} opacity={0.8}>
          {chip.fallback === "" ? t("chip.orNothing") : t("chip.or", { fallback: chip.fallback })}
        </Text>
      )}
    </>
  );
  if (!editor.isEditable) {
    return (
      <NodeViewWrapper as="span">
        <span className={classes.chip} data-lacks={lacks || undefined}>
          {face}
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
            className={classes.chip ?? ""}
            data-lacks={lacks || undefined}
            contentEditable={false}
            aria-label={t(lacks ? "chip.labelLacks" : "chip.label", { name: chipWords(chip.name) })}
          >
            {face}
          </UnstyledButton>
        </Popover.Target>
        <Popover.Dropdown>
          <Stack gap="sm">
            <Text fz="xs" c="dimmed" ff="monospace">
              {chip.name}
            </Text>
            {ALWAYS_FILLED.has(chip.name) ? (
              <Text>{t("chip.always")}</Text>
            ) : (
              <TextInput
                label={t("chip.fallback")}
                description={t("chip.hint")}
                data-autofocus
                value={chip.fallback ?? ""}
                onChange={(event) => {
                  updateAttributes({ fallback: event.currentTarget.value || null });
                }}
              />
            )}
            <Group justify="space-between">
              {chip.fallback === undefined && !ALWAYS_FILLED.has(chip.name) ? (
                <Button
                  size="xs"
                  variant="subtle"
                  onClick={() => {
                    updateAttributes({ fallback: "" });
                  }}
                >
                  {t("chip.leaveEmpty")}
                </Button>
              ) : (
                <span />
              )}
              <Button
                size="xs"
                variant="subtle"
                color="red"
                onClick={() => {
                  deleteNode();
                }}
              >
                {t("chip.remove")}
              </Button>
            </Group>
          </Stack>
        </Popover.Dropdown>
      </Popover>
    </NodeViewWrapper>
  );
}
