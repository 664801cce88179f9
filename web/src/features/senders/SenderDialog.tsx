import { Button, Checkbox, Group, Modal, NumberInput, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useForm, type UseFormReturnType } from "@mantine/form";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/api/client";
import { type Sender, useAddSender, useChangeSender, useTryServer } from "@/api/senders";
import { WithoutPassword } from "@/dialogs/connect/WithoutPassword";
import { PickDays, PickNumber, PickTime } from "@/ui/picks";
import { Sentence } from "@/ui/Sentence";
import { AccountFields } from "./AccountFields";
import { BY_SMTP, changeOf, newOf, type Typed, typedOf, wayOf } from "./form";
import { WayToSend } from "./WayToSend";
import { ServerFields } from "./ServerFields";
import { TriedLine } from "./TriedLine";

interface SenderDialogProps {
  /** Left out: a new one. */
  readonly sender?: Sender;
  readonly onClose: () => void;
}

export type Form = UseFormReturnType<Typed>;

/** A mailbox: who, by which server, how much and when. The password goes in and never comes out. */
export function SenderDialog({ sender, onClose }: SenderDialogProps) {
  const { t } = useTranslation("senders");
  const form = useForm<Typed>({ initialValues: typedOf(sender) });
  const add = useAddSender(({ address }) => t("said.added", { address }));
  const known = { id: 0, address: t("add"), has_password: false, ...sender };
  const change = useChangeSender(known.id, () => t("said.changed"));
  const tried = useTryServer();
  const isNew = sender === undefined;
  const save = (typed: Typed) => {
    if (isNew) add.mutate(newOf(typed), { onSuccess: onClose });
    else change.mutate(changeOf(typed, sender), { onSuccess: onClose });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size={600}
      closeButtonProps={{ "aria-label": t("form.cancel") }}
      title={
        <Text span fz="lg" fw={600}>
          {known.address}
        </Text>
      }
    >
      <form onSubmit={form.onSubmit(save)}>
        <Stack gap="md">
          <Mailbox form={form} isNew={isNew} />
          {isNew && <WithoutPassword address={form.values.address} name={form.values.name} use="sender" />}
          <WayToSend form={form} />
          {form.values.way === BY_SMTP ? (
            <ServerFields form={form} hasPassword={known.has_password} />
          ) : (
            <AccountFields form={form} stored={sender?.account ?? null} />
          )}
          <Limits form={form} />
          <TriedLine tried={tried.data} error={tried.error} />
          <Failed error={add.error ?? change.error} />
          <Group justify="space-between">
            <Button
              variant="default"
              loading={tried.isPending}
              onClick={() => {
                tried.mutate({ ...wayOf(form.values), ...(sender && { id: sender.id }) });
              }}
            >
              {t("verb.try")}
            </Button>
            <Group gap="sm">
              <Button variant="default" onClick={onClose}>
                {t("form.cancel")}
              </Button>
              <Button type="submit" loading={add.isPending || change.isPending}>
                {t(isNew ? "form.create" : "form.save")}
              </Button>
            </Group>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function Failed({ error }: { readonly error: Error | null }) {
  if (error === null) return null;
  return (
    <Text c="red" role="alert">
      {error instanceof ApiError ? (error.problem?.detail ?? error.message) : error.message}
    </Text>
  );
}

interface PartProps {
  readonly form: Form;
}

function Mailbox({ form, isNew }: PartProps & { readonly isNew: boolean }) {
  const { t } = useTranslation("senders");
  return (
    <>
      <Group grow align="flex-start">
        {isNew && (
          <TextInput required type="email" label={t("form.address")} {...form.getInputProps("address")} />
        )}
        <TextInput label={t("form.name")} {...form.getInputProps("name")} />
      </Group>
      <TextInput type="email" label={t("form.replyTo")} {...form.getInputProps("replyTo")} />
      <Checkbox
        label={t("form.plus")}
        description={t("form.plusHint")}
        {...form.getInputProps("plus", { type: "checkbox" })}
      />
      <Textarea autosize minRows={2} label={t("form.signature")} {...form.getInputProps("signature")} />
    </>
  );
}

function Limits({ form }: PartProps) {
  const { t } = useTranslation("senders");
  const { days, from, until, anyHour } = form.values;
  return (
    <>
      <Group align="flex-start">
        <NumberInput
          w={220}
          min={1}
          label={t("form.perDay")}
          placeholder={t("form.noCap")}
          {...form.getInputProps("perDay")}
        />
        <NumberInput
          w={260}
          min={0}
          max={MOST_SPACING}
          label={t("form.spacing")}
          placeholder={t("form.noSpacing")}
          {...form.getInputProps("spacing")}
        />
      </Group>
      <Warming form={form} />
      <Checkbox label={t("form.anyHour")} {...form.getInputProps("anyHour", { type: "checkbox" })} />
      {!anyHour && (
        <Sentence
          text={t("form.hours", { days: "{days}", from: "{from}", until: "{until}" })}
          parts={{
            days: (
              <PickDays
                label={t("column.hours")}
                value={days}
                onChange={(value) => {
                  form.setFieldValue("days", [...value]);
                }}
              />
            ),
            from: (
              <PickTime
                label={t("column.hours")}
                value={from}
                onChange={(value) => {
                  form.setFieldValue("from", value);
                }}
              />
            ),
            until: (
              <PickTime
                label={t("column.hours")}
                value={until}
                onChange={(value) => {
                  form.setFieldValue("until", value);
                }}
              />
            ),
          }}
        />
      )}
    </>
  );
}

const MOST_PER_DAY = 100_000;
const MOST_DAYS = 365;
const MOST_SPACING = 86_400;

/** How a fresh mailbox comes to its cap: a few more every day. */
function Warming({ form }: PartProps) {
  const { t } = useTranslation("senders");
  const { warms, warmUp } = form.values;
  const pick = (name: keyof typeof warmUp, max: number) => (
    <PickNumber
      label={t(`warm.${name}`)}
      min={1}
      max={max}
      value={warmUp[name]}
      onChange={(value) => {
        form.setFieldValue("warmUp", { ...warmUp, [name]: value });
      }}
    />
  );
  return (
    <>
      <Checkbox label={t("warm.label")} {...form.getInputProps("warms", { type: "checkbox" })} />
      {warms && (
        <Sentence
          text={t("warm.sentence")}
          parts={{
            start: pick("start", MOST_PER_DAY),
            step: pick("step", MOST_PER_DAY),
            days: pick("per_days", MOST_DAYS),
            top: pick("top", MOST_PER_DAY),
          }}
        />
      )}
    </>
  );
}
