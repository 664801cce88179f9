import { Button, Checkbox, Group, Modal, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";
import {
  type PhoneAccount,
  type PhoneAccountForm,
  useAddPhoneAccount,
  useChangePhoneAccount,
} from "@/api/numbers";
import { Failed } from "./Failed";
import { PriceFields, type TypedPrices } from "./PriceFields";
import { linesOf, type Prices, tableOf } from "./prices";

interface AccountDialogProps {
  /** Left out: a new one. */
  readonly account?: PhoneAccount;
  readonly onClose: () => void;
}

const EMPTY = { id: 0, name: "", sid: "", key_sid: "", answers_words: true, prices: {} } as const;

const PRICED = ["currency", "sms", "whatsapp", "voice"] as const;

function typedPrices(prices: Partial<Prices>): TypedPrices {
  const { currency = "", by_prefix: sms, whatsapp, voice } = prices;
  return { currency, sms: linesOf(sms), whatsapp: linesOf(whatsapp), voice: linesOf(voice) };
}

/** Where nothing is typed the account has no prices. */
function pricesOf({ currency, sms, whatsapp, voice }: TypedPrices): Prices {
  const tables = { by_prefix: tableOf(sms), whatsapp: tableOf(whatsapp), voice: tableOf(voice) };
  const isEmpty = Object.values(tables).every((table) => Object.keys(table).length === 0);
  const typed = currency.trim().toUpperCase();
  return { currency: isEmpty && typed === "" ? "USD" : typed, ...tables };
}

/** An account at Twilio. Its secrets go in and never come out; Twilio is asked before it is kept. */
export function AccountDialog({ account, onClose }: AccountDialogProps) {
  const { t } = useTranslation("settings");
  const known = account ?? EMPTY;
  const isNew = account === undefined;
  const form = useForm({
    initialValues: {
      name: known.name,
      sid: known.sid,
      token: "",
      keySid: known.key_sid,
      keySecret: "",
      words: known.answers_words,
      ...typedPrices(known.prices),
    },
  });
  const add = useAddPhoneAccount(t("numbers.account.added"));
  const change = useChangePhoneAccount(known.id, t("numbers.account.changed"));
  const save = (typed: typeof form.values) => {
    const body: PhoneAccountForm = {
      name: typed.name,
      answers_words: typed.words,
      ...(PRICED.some((field) => form.isDirty(field)) && { prices: pricesOf(typed) }),
      ...(typed.token !== "" && { token: typed.token }),
      ...(typed.keySid !== known.key_sid && { key_sid: typed.keySid }),
      ...(typed.keySecret !== "" && { key_secret: typed.keySecret }),
    };
    if (isNew) add.mutate({ ...body, sid: typed.sid.trim() }, { onSuccess: onClose });
    else change.mutate(body, { onSuccess: onClose });
  };
  const kept = isNew ? {} : { placeholder: t("numbers.account.kept") };
  return (
    <Modal
      opened
      onClose={onClose}
      size={560}
      title={t("numbers.account.title")}
      closeButtonProps={{ "aria-label": t("numbers.cancel") }}
    >
      <form onSubmit={form.onSubmit(save)}>
        <Stack gap="md">
          {isNew && (
            <TextInput
              data-autofocus
              required
              label={t("numbers.account.sid")}
              description={t("numbers.account.sidHint")}
              {...form.getInputProps("sid")}
            />
          )}
          <PasswordInput
            required={isNew}
            autoComplete="off"
            label={t("numbers.account.token")}
            description={t("numbers.account.tokenHint")}
            {...kept}
            {...form.getInputProps("token")}
          />
          <TextInput
            label={t("numbers.account.name")}
            description={t("numbers.account.nameHint")}
            {...form.getInputProps("name")}
          />
          <TextInput
            label={t("numbers.account.keySid")}
            description={t("numbers.account.keySidHint")}
            {...form.getInputProps("keySid")}
          />
          {form.values.keySid !== "" && (
            <PasswordInput
              autoComplete="off"
              label={t("numbers.account.keySecret")}
              {...kept}
              {...form.getInputProps("keySecret")}
            />
          )}
          <Checkbox
            label={t("numbers.account.words")}
            description={t("numbers.account.wordsHint")}
            {...form.getInputProps("words", { type: "checkbox" })}
          />
          <PriceFields form={form} />
          <Failed error={add.error ?? change.error} />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t("numbers.cancel")}
            </Button>
            <Button type="submit" loading={add.isPending || change.isPending}>
              {t(isNew ? "numbers.connect" : "numbers.account.save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
