import { Button, Checkbox, Group, Modal, NativeSelect, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useForm, type UseFormReturnType } from "@mantine/form";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/api/client";
import { type Mailbox, type TypedMailbox, useSaveMailbox, useTryMailbox } from "@/api/mailboxes";
import { WithoutPassword } from "@/dialogs/connect/WithoutPassword";
import { Problem } from "@/ui/Problem";
import { faultWords } from "./mailboxWords";

interface MailboxDialogProps {
  /** Left out: a new one. */
  readonly box?: Mailbox;
  readonly onClose: () => void;
}

interface Typed {
  readonly address: string;
  readonly host: string;
  readonly security: Mailbox["security"];
  readonly username: string;
  readonly password: string;
  readonly folder: string;
  readonly keepsStrangers: boolean;
}

type Form = UseFormReturnType<Typed>;

const PORT = { tls: 993, starttls: 143, plain: 143 } as const;

const EMPTY: Typed = {
  address: "",
  host: "",
  security: "tls",
  username: "",
  password: "",
  folder: "INBOX",
  keepsStrangers: true,
};

function typedOf(box: Mailbox | undefined): Typed {
  if (box === undefined) return EMPTY;
  const { address, host, security, username, folder, keeps_strangers: keepsStrangers } = box;
  return { address, host, security, username, password: "", folder, keepsStrangers };
}

/** What is sent: an empty password keeps the stored one, an empty user is the address. */
function bodyOf(typed: Typed, box: Mailbox | undefined): TypedMailbox {
  const { password, keepsStrangers, username, ...rest } = typed;
  const stays = box?.host === typed.host && box.security === typed.security;
  return {
    ...rest,
    port: stays ? box.port : PORT[typed.security],
    username: username === "" ? typed.address : username,
    password: password === "" ? null : password,
    keeps_strangers: keepsStrangers,
  };
}

/** A mailbox: where it is, who may read it, what is kept. It can be tried before it is saved. */
export function MailboxDialog({ box, onClose }: MailboxDialogProps) {
  const { t } = useTranslation("settings");
  const form = useForm<Typed>({ initialValues: typedOf(box) });
  const save = useSaveMailbox(box?.id);
  const tried = useTryMailbox(box?.id);
  return (
    <Modal
      opened
      onClose={onClose}
      size={560}
      title={box?.address ?? t("mailboxes.add")}
      closeButtonProps={{ "aria-label": t("mailboxes.cancel") }}
    >
      <form
        onSubmit={form.onSubmit((typed) => {
          save.mutate(bodyOf(typed, box), { onSuccess: onClose });
        })}
      >
        <Stack gap="md">
          <Address form={form} />
          {box === undefined && <WithoutPassword address={form.values.address} use="mailbox" />}
          <Fields form={form} hasPassword={box !== undefined} />
          <Said tried={tried} error={save.error ?? tried.error} />
          <Group justify="space-between">
            <Button
              variant="default"
              loading={tried.isPending}
              onClick={() => {
                tried.mutate(bodyOf(form.values, box));
              }}
            >
              {t("mailboxes.try")}
            </Button>
            <Button type="submit" loading={save.isPending}>
              {t(box === undefined ? "mailboxes.act" : "mailboxes.save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function Said({
  tried,
  error,
}: {
  readonly tried: ReturnType<typeof useTryMailbox>;
  readonly error: Error | null;
}) {
  const { t } = useTranslation("settings");
  if (error !== null) {
    const said = error instanceof ApiError ? error.problem?.detail : undefined;
    return <Problem tone="red" title={said ?? error.message} />;
  }
  if (tried.data === undefined) return null;
  const { ok, stage, text, mails } = tried.data;
  return ok ? (
    <Problem tone="green" title={t("mailboxes.works", { count: mails ?? 0 })} />
  ) : (
    <Problem tone="red" title={faultWords(t, stage)} text={text} />
  );
}

function Address({ form }: { readonly form: Form }) {
  const { t } = useTranslation("settings");
  return (
    <TextInput
      required
      type="email"
      label={t("mailboxes.address")}
      description={t("mailboxes.addressHint")}
      data-autofocus
      {...form.getInputProps("address")}
    />
  );
}

function Fields({ form, hasPassword }: { readonly form: Form; readonly hasPassword: boolean }) {
  const { t } = useTranslation("settings");
  const ways = ["tls", "starttls", "plain"] as const;
  return (
    <>
      <Group align="flex-start">
        <TextInput required flex="1 1 200px" label={t("mailboxes.host")} {...form.getInputProps("host")} />
        <NativeSelect
          flex="1 1 160px"
          label={t("mailboxes.security")}
          data={ways.map((value) => ({ value, label: t(`mailboxes.ways.${value}`) }))}
          {...form.getInputProps("security")}
        />
      </Group>
      <Group grow align="flex-start">
        <TextInput
          label={t("mailboxes.username")}
          placeholder={form.values.address}
          autoComplete="off"
          {...form.getInputProps("username")}
        />
        <PasswordInput
          required={!hasPassword}
          label={t("mailboxes.password")}
          autoComplete="new-password"
          {...(hasPassword && { placeholder: t("mailboxes.kept") })}
          {...form.getInputProps("password")}
        />
      </Group>
      <TextInput label={t("mailboxes.folder")} {...form.getInputProps("folder")} />
      <Checkbox
        label={t("mailboxes.strangers")}
        description={t("mailboxes.strangersHint")}
        {...form.getInputProps("keepsStrangers", { type: "checkbox" })}
      />
    </>
  );
}
