import { Button, Checkbox, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/api/client";
import { type Asked, useGrantProviders, useStartGrant } from "@/api/grants";
import { Problem } from "@/ui/Problem";

interface ConnectDialogProps {
  readonly onClose: () => void;
}

interface Typed {
  readonly address: string;
  readonly name: string;
  readonly uses: Asked["uses"];
}

/** Asks which account to connect and what for; then the browser goes to the provider. */
export function ConnectDialog({ onClose }: ConnectDialogProps) {
  const { t } = useTranslation("senders");
  const { data: providers } = useGrantProviders();
  return (
    <Modal
      opened
      onClose={onClose}
      size={520}
      title={t("connect.title")}
      closeButtonProps={{ "aria-label": t("connect.cancel") }}
    >
      {providers?.length === 0 ? (
        <Problem tone="amber" title={t("connect.none")} text={t("connect.noneText")} />
      ) : (
        <Question onClose={onClose} />
      )}
    </Modal>
  );
}

function Question({ onClose }: ConnectDialogProps) {
  const { t } = useTranslation("senders");
  const { data: providers } = useGrantProviders();
  const start = useStartGrant();
  const form = useForm<Typed>({
    initialValues: { address: "", name: "", uses: ["sender", "mailbox"] },
  });
  const { uses } = form.values;
  const complete = form.values.address.trim() !== "" && uses.length > 0;
  return (
    <Stack gap="md">
      <Text c="dimmed">{t("connect.intro")}</Text>
      <TextInput
        type="email"
        label={t("connect.address")}
        autoComplete="off"
        data-autofocus
        {...form.getInputProps("address")}
      />
      <Checkbox.Group label={t("connect.uses")} {...form.getInputProps("uses")}>
        <Stack gap={8} mt={6}>
          <Checkbox value="sender" label={t("connect.sender")} />
          <Checkbox value="mailbox" label={t("connect.mailbox")} />
        </Stack>
      </Checkbox.Group>
      {uses.includes("sender") && (
        <TextInput label={t("connect.name")} autoComplete="off" {...form.getInputProps("name")} />
      )}
      {start.error instanceof ApiError && <Problem tone="red" title={start.error.message} />}
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onClose}>
          {t("connect.cancel")}
        </Button>
        {(providers ?? []).map(({ key, name }) => (
          <Button
            key={key}
            disabled={!complete}
            loading={start.isPending && start.variables.provider === key}
            onClick={() => {
              start.mutate({ provider: key, ...form.values, uses: [...uses] });
            }}
          >
            {t("connect.signIn", { name })}
          </Button>
        ))}
      </Group>
    </Stack>
  );
}
