import { Button, Group, Modal, SegmentedControl, Skeleton, Stack, Text, TextInput } from "@mantine/core";
import { IconSparkles } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useWriteStep } from "@/api/agents";
import { problemText } from "../../problemText";
import { HintFields } from "../Hints";
import type { InspectorProps } from "../Inspector";
import { Difference } from "./Difference";
import { ownWords, type Sendable, withWords } from "./ownWords";

interface WriteThisProps extends InspectorProps {
  readonly step: Sendable;
  readonly onClose: () => void;
}

const TONES = ["usual", "shorter", "friendlier", "formal", "direct"] as const;

/** Let a model write what the step says to everybody, see what changes, and take it over or not. */
export function WriteThis({ onClose, ...props }: WriteThisProps) {
  const { t } = useTranslation("sequences");
  const { step, sequence, acts } = props;
  const [tone, setTone] = useState<(typeof TONES)[number]>("usual");
  const [wish, setWish] = useState("");
  const asked = useWriteStep(sequence.id);
  const own = ownWords(step);
  const made = asked.data;
  const ask = () => {
    const note = [tone === "usual" ? "" : t(`write.wishes.${tone}`), wish].filter(Boolean).join(" ");
    const earlier = made === undefined ? own.text : made.source_text;
    const written = { ...step, written_by: "agent" };
    asked.mutate({ contact: undefined, note, earlier: note === "" ? "" : earlier, step: written });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size={760}
      title={t("write.title")}
      closeButtonProps={{ "aria-label": t("inspector.close") }}
    >
      <Stack gap="md">
        <HintFields {...props} />
        <Group gap="sm" align="flex-end">
          <SegmentedControl
            size="xs"
            aria-label={t("write.tone")}
            data={TONES.map((value) => ({ value, label: t(`write.tones.${value}`) }))}
            value={tone}
            onChange={setTone}
          />
          <TextInput
            size="xs"
            flex={1}
            miw={200}
            maxLength={400}
            aria-label={t("write.wish")}
            placeholder={t("write.wish")}
            value={wish}
            onChange={(event) => {
              setWish(event.currentTarget.value);
            }}
          />
          <Button
            size="xs"
            leftSection={<IconSparkles size={14} aria-hidden />}
            loading={asked.isPending}
            onClick={ask}
          >
            {t(made === undefined ? "write.do" : "write.again")}
          </Button>
        </Group>
        <div role="status">
          {asked.isPending && <Skeleton height={160} />}
          {asked.error !== null && <Text c="red">{problemText(t, asked.error)}</Text>}
          {made !== undefined && (
            <Difference
              before={own}
              after={{ subject: made.source_subject, text: made.source_text }}
              concerns={made.concerns.map(({ text }) => text)}
            />
          )}
        </div>
        <Group justify="flex-end" gap="sm">
          <Text fz="xs" c="dimmed" mr="auto">
            {t("write.hint")}
          </Text>
          <Button variant="default" onClick={onClose}>
            {t("close")}
          </Button>
          <Button
            disabled={made === undefined}
            onClick={() => {
              if (made === undefined) return;
              const words = { subject: made.source_subject, text: made.source_text };
              acts.change(step.key, withWords(step, words));
              onClose();
            }}
          >
            {t("write.take")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
