import { Button, Group, Modal, Select, SimpleGrid, Skeleton, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/api/client";
import type { Who } from "@/api/contacts";
import {
  type Enrollment,
  type EnrollOptions,
  idempotencyKey,
  type Preflight,
  useEnroll,
  useEnrollOptions,
  usePreflight,
} from "@/api/enroll";
import { useKeys } from "@/ui/keys";
import { undoToast } from "@/ui/toasts";
import { EnrollPreflight } from "./EnrollPreflight";

interface EnrollDialogProps {
  /** Whom: some by id, a list, or all that fit a filter. */
  readonly who: Who;
  /** Left out: the default sequence, else the only one. */
  readonly sequenceId?: number | undefined;
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onDone?: () => void;
}

/** Enroll in Sequence: which, by whom, what will happen, and the button with its count. */
export function EnrollDialog({ opened, onClose, ...rest }: EnrollDialogProps) {
  const { t } = useTranslation("dialogs");
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size={600}
      title={t("enroll.title")}
      closeButtonProps={{ "aria-label": t("cancel") }}
    >
      {opened && <Content onClose={onClose} {...rest} />}
    </Modal>
  );
}

function Content(props: Omit<EnrollDialogProps, "opened">) {
  const { t } = useTranslation("dialogs");
  const options = useEnrollOptions(true).data;
  if (options === undefined) return <Skeleton h={220} />;
  const isNone = options.sequences.length === 0 && props.sequenceId === undefined;
  if (isNone) return <Text c="dimmed">{t("enroll.noSequence")}</Text>;
  return <Form options={options} {...props} />;
}

interface FormProps extends Omit<EnrollDialogProps, "opened"> {
  readonly options: EnrollOptions;
}

/** The sequence that was asked for, else the default one, else the only one. */
function preset({ options: { sequences }, sequenceId }: FormProps): string | null {
  const only = sequences.length === 1 ? sequences[0] : undefined;
  const id = sequenceId ?? sequences.find((each) => each.is_default)?.id ?? only?.id;
  return id === undefined ? null : String(id);
}

function Form(props: FormProps) {
  const { who, options, onClose, onDone } = props;
  const [sequence, setSequence] = useState(() => preset(props));
  const [sender, setSender] = useState<string | null>(null);
  const asked: Enrollment = {
    who,
    sequence_id: Number(sequence),
    sender_id: sender === null ? null : Number(sender),
  };
  const preflight = usePreflight(asked, sequence !== null);
  const enroll = useEnrolling(asked, preflight.data, () => {
    onDone?.();
    onClose();
  });
  return (
    <Stack gap="md">
      <Picks
        options={options}
        sequence={sequence}
        sender={sender}
        onSequence={setSequence}
        onSender={setSender}
      />
      {sequence !== null && (
        <EnrollPreflight asked={asked} preflight={preflight.data} failed={preflight.error} />
      )}
      {enroll.problem !== "" && (
        <Text role="alert" c="var(--db-red)">
          {enroll.problem}
        </Text>
      )}
      <Foot preflight={preflight.data} enroll={enroll} onClose={onClose} />
    </Stack>
  );
}

interface PicksProps {
  readonly options: EnrollOptions;
  readonly sequence: string | null;
  readonly sender: string | null;
  readonly onSequence: (id: string | null) => void;
  readonly onSender: (id: string | null) => void;
}

function Picks({ options: { sequences, senders }, sequence, sender, onSequence, onSender }: PicksProps) {
  const { t } = useTranslation("dialogs");
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
      <Select
        label={t("enroll.sequence")}
        placeholder={t("enroll.choose")}
        data={sequences.map(({ id, name, status }) => ({
          value: String(id),
          label: status === "paused" ? t("enroll.isPaused", { name }) : name,
        }))}
        value={sequence}
        onChange={onSequence}
        searchable={sequences.length > 8}
        allowDeselect={false}
        {...(sequence === null && { "data-autofocus": true })}
      />
      <Select
        label={t("enroll.sender")}
        placeholder={t("enroll.anySender")}
        data={senders.map(({ id, name, address }) => ({ value: String(id), label: `${name} · ${address}` }))}
        value={sender}
        onChange={onSender}
        clearable
      />
    </SimpleGrid>
  );
}

interface FootProps {
  readonly preflight: Preflight | undefined;
  readonly enroll: ReturnType<typeof useEnrolling>;
  readonly onClose: () => void;
}

function Foot({ preflight, enroll, onClose }: FootProps) {
  const { t } = useTranslation("dialogs");
  const joins = preflight?.joins ?? 0;
  const label = joins > 0 ? t("enroll.do", { count: joins }) : t("enroll.title");
  useKeys(t("enroll.title"), [{ keys: "mod+Enter", label, act: enroll.act, whileTyping: true }], {
    where: "dialog",
    enabled: joins > 0 && !enroll.busy,
  });
  return (
    <Group justify="flex-end" gap="sm">
      <Button variant="default" onClick={onClose}>
        {t("cancel")}
      </Button>
      <Button onClick={enroll.act} disabled={joins === 0} loading={enroll.busy}>
        {label}
      </Button>
    </Group>
  );
}

/** Enroll under one key, so that pressing twice enrolls once; a problem of the request is told in the dialog. */
function useEnrolling(asked: Enrollment, preflight: Preflight | undefined, onDone: () => void) {
  const { t } = useTranslation("dialogs");
  const [key] = useState(idempotencyKey);
  const sequence = preflight?.sequence ?? "";
  const enroll = useEnroll({
    said: ({ enrollment_ids }) => t("enroll.said", { count: enrollment_ids.length, sequence }),
    undone: ({ stopped, not_recalled }) => {
      undoToast({
        text:
          not_recalled.length === 0
            ? t("enroll.undone", { count: stopped })
            : t("enroll.undoneSome", { count: stopped, left: not_recalled.length }),
      });
    },
  });
  const problem = enroll.error instanceof ApiError ? (enroll.error.problem?.detail ?? t("failed")) : "";
  return {
    act: () => {
      enroll.mutate(
        { ...asked, key: `${key}-${asked.sequence_id}-${asked.sender_id ?? 0}` },
        { onSuccess: onDone },
      );
    },
    busy: enroll.isPending,
    problem: enroll.isError ? problem || t("failed") : "",
  };
}
