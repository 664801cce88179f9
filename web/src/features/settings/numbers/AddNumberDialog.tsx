import { Button, Group, Modal, NativeSelect, SegmentedControl, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import {
  type NumberChannel,
  type OwnNumber,
  type PhoneAccount,
  useAddNumber,
  useOwnNumbers,
} from "@/api/numbers";
import { Failed } from "./Failed";
import { formOf, type Pace, paceOf } from "./pace";
import { PaceFields } from "./PaceFields";

interface AddNumberDialogProps {
  readonly accounts: readonly PhoneAccount[];
  readonly onClose: () => void;
}

const CHANNELS = ["sms", "whatsapp", "voice"] as const;

/** Lets one of an account's numbers send on a channel. */
export function AddNumberDialog({ accounts, onClose }: AddNumberDialogProps) {
  const { t } = useTranslation("settings");
  const [accountId, setAccountId] = useState(accounts[0]?.id ?? 0);
  const [channel, setChannel] = useState<NumberChannel>("sms");
  const [chosen, setNumber] = useState<string>();
  const own = useOwnNumbers(accountId);
  const fitting = fittingOf(own.data, channel);
  const number = chosen ?? usualOf(fitting, channel);
  const form = useForm<Pace>({ initialValues: paceOf() });
  const add = useAddNumber(t("numbers.added"));
  return (
    <Modal
      opened
      onClose={onClose}
      size={560}
      title={t("numbers.add")}
      closeButtonProps={{ "aria-label": t("numbers.cancel") }}
    >
      <form
        onSubmit={form.onSubmit((typed) => {
          add.mutate({ account_id: accountId, number, channel, ...formOf(typed) }, { onSuccess: onClose });
        })}
      >
        <Stack gap="md">
          <Account
            accounts={accounts}
            chosen={accountId}
            onChoose={(id) => {
              setAccountId(id);
              setNumber(undefined);
            }}
          />
          <SegmentedControl
            fullWidth
            aria-label={t("numbers.channel.label")}
            value={channel}
            data={CHANNELS.map((value) => ({ value, label: t(`numbers.channel.${value}`) }))}
            onChange={(value) => {
              setChannel(value);
              setNumber(undefined);
            }}
          />
          <Which channel={channel} own={own.data} fitting={fitting} number={number} onNumber={setNumber} />
          <PaceFields form={form} channel={channel} />
          <Failed error={add.error ?? own.error} />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t("numbers.cancel")}
            </Button>
            <Button type="submit" disabled={number === ""} loading={add.isPending}>
              {t("numbers.add")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function usualOf(fitting: readonly OwnNumber[], channel: NumberChannel): string {
  return channel === "whatsapp" ? "" : (fitting[0]?.number ?? "");
}

function fittingOf(own: readonly OwnNumber[] | undefined, channel: NumberChannel): readonly OwnNumber[] {
  return own?.filter((each) => fits(each, channel)) ?? [];
}

function fits(own: OwnNumber, channel: NumberChannel): boolean {
  return (channel === "voice" ? own.calls : own.texts) && !own.channels.includes(channel);
}

interface AccountProps {
  readonly accounts: readonly PhoneAccount[];
  readonly chosen: number;
  readonly onChoose: (id: number) => void;
}

/** Of several accounts one. */
function Account({ accounts, chosen, onChoose }: AccountProps) {
  const { t } = useTranslation("settings");
  if (accounts.length < 2) return null;
  return (
    <NativeSelect
      label={t("numbers.of")}
      value={String(chosen)}
      data={accounts.map(({ id, name, sid }) => ({ value: String(id), label: name === "" ? sid : name }))}
      onChange={(event) => {
        onChoose(Number(event.currentTarget.value));
      }}
    />
  );
}

interface WhichProps {
  readonly channel: NumberChannel;
  /** undefined: Twilio has not answered yet. */
  readonly own: readonly OwnNumber[] | undefined;
  readonly fitting: readonly OwnNumber[];
  readonly number: string;
  readonly onNumber: (number: string) => void;
}

/** Of the account's own numbers one that can do it; WhatsApp senders are typed, as Twilio does not list them there. */
function Which({ channel, own, fitting, number, onNumber }: WhichProps) {
  const { t } = useTranslation("settings");
  if (channel === "whatsapp") {
    return (
      <TextInput
        required
        type="tel"
        label={t("numbers.which")}
        description={t("numbers.whatsappHint")}
        placeholder="+4930901820"
        value={number}
        onChange={(event) => {
          onNumber(event.currentTarget.value);
        }}
      />
    );
  }
  if (own === undefined) return <Text c="dimmed">{t("numbers.asking")}</Text>;
  if (fitting.length === 0) {
    return <Text c="dimmed">{t(own.length === 0 ? "numbers.without" : "numbers.allThere")}</Text>;
  }
  return (
    <NativeSelect
      label={t("numbers.which")}
      value={number}
      data={fitting.map((each) => ({
        value: each.number,
        label: each.name === "" ? each.number : `${each.number} · ${each.name}`,
      }))}
      onChange={(event) => {
        onNumber(event.currentTarget.value);
      }}
    />
  );
}
