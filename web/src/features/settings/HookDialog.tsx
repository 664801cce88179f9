import { Button, Checkbox, Code, Group, Modal, NativeSelect, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/api/client";
import { type HookWithSecret, useCreateHook } from "@/api/hooks";
import { CopyField } from "@/ui/CopyField";
import { eventWords, HOOK_EVENTS, type HookEvent } from "./hookWords";

interface HookDialogProps {
  readonly onClose: () => void;
}

/** Makes a hook and shows its secret once. */
export function HookDialog({ onClose }: HookDialogProps) {
  const { t } = useTranslation("settings");
  const create = useCreateHook();
  return (
    <Modal
      opened
      onClose={onClose}
      size={640}
      title={t("hooks.add")}
      closeOnClickOutside={create.data === undefined}
      closeButtonProps={{ "aria-label": t("members.close") }}
    >
      {create.data === undefined ? (
        <HookForm create={create} />
      ) : (
        <Stack gap="md">
          <HookSecret hook={create.data} />
          <Group justify="flex-end">
            <Button onClick={onClose}>{t("members.close")}</Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}

/** The address, the secret, and a call that proves itself with it. */
export function HookSecret({ hook }: { readonly hook: HookWithSecret }) {
  const { t } = useTranslation("settings");
  return (
    <Stack gap="md">
      <Text c="dimmed">{t("hooks.ready")}</Text>
      <CopyField label={t("hooks.address")} value={hook.address} />
      <CopyField label={t("hooks.secret")} value={hook.secret} />
      <div>
        <Text fw={500} mb={4}>
          {t("hooks.example")}
        </Text>
        <Code block tabIndex={0}>
          {exampleOf(hook)}
        </Code>
      </div>
    </Stack>
  );
}

/** A call by curl, signed by the form of Standard Webhooks. */
function exampleOf({ address, secret }: HookWithSecret): string {
  return `secret='${secret}'
body='{"email": "kim@example.com"}'
id=$(openssl rand -hex 12) at=$(date +%s)
key=$(printf %s "\${secret#whsec_}" | base64 -d | od -An -vtx1 | tr -d ' \\n')
signature=$(printf '%s.%s.%s' "$id" "$at" "$body" |
  openssl dgst -sha256 -mac HMAC -macopt "hexkey:$key" -binary | base64)
curl '${address}' -H 'Content-Type: application/json' \\
  -H "webhook-id: $id" -H "webhook-timestamp: $at" \\
  -H "webhook-signature: v1,$signature" -d "$body"`;
}

function HookForm({ create }: { readonly create: ReturnType<typeof useCreateHook> }) {
  const { t } = useTranslation("settings");
  const [name, setName] = useState("");
  const [event, setEvent] = useState<HookEvent>("form_submitted");
  const [creates, setCreates] = useState(true);
  const problem = create.error instanceof ApiError ? create.error.problem : undefined;
  return (
    <form
      onSubmit={(submitted) => {
        submitted.preventDefault();
        create.mutate({ name, event, creates_contacts: creates });
      }}
    >
      <Stack gap="md">
        <TextInput
          label={t("hooks.name")}
          description={t("hooks.nameHint")}
          value={name}
          error={problem?.detail}
          required
          withAsterisk={false}
          maxLength={60}
          data-autofocus
          onChange={(typed) => {
            setName(typed.currentTarget.value);
          }}
        />
        <NativeSelect
          label={t("hooks.event")}
          value={event}
          data={HOOK_EVENTS.map((each) => ({ value: each, label: eventWords(t, each) }))}
          onChange={(chosen) => {
            setEvent(chosen.currentTarget.value as HookEvent);
          }}
        />
        <Checkbox
          label={t("hooks.creates")}
          checked={creates}
          onChange={(ticked) => {
            setCreates(ticked.currentTarget.checked);
          }}
        />
        <Group justify="flex-end">
          <Button type="submit" loading={create.isPending}>
            {t("hooks.act")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
