import { Button, Group, Modal, NativeSelect, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/api/client";
import { useCreateKey, useRoles } from "@/api/settings";
import { CopyField } from "@/ui/CopyField";
import { useWords } from "@/ui/words/useWords";

const LIFETIMES = [30, 90, 365, 0] as const;
const DAY = 86_400_000;

interface KeyDialogProps {
  readonly onClose: () => void;
}

/** Makes a key and shows it once. */
export function KeyDialog({ onClose }: KeyDialogProps) {
  const { t } = useTranslation("settings");
  const create = useCreateKey();
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("keys.dialog")}
      closeOnClickOutside={create.data === undefined}
      closeButtonProps={{ "aria-label": t("members.close") }}
    >
      {create.data === undefined ? (
        <KeyForm create={create} />
      ) : (
        <Stack gap="md">
          <Text c="dimmed">{t("keys.ready")}</Text>
          <CopyField label={t("keys.key")} value={create.data.key} />
          <Group justify="flex-end">
            <Button onClick={onClose}>{t("members.close")}</Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}

function KeyForm({ create }: { readonly create: ReturnType<typeof useCreateKey> }) {
  const { t } = useTranslation("settings");
  const { word } = useWords();
  const { data } = useRoles();
  const [name, setName] = useState("");
  const [role, setRole] = useState("viewer");
  const [days, setDays] = useState("90");
  const problem = create.error instanceof ApiError ? create.error.problem : undefined;
  const lifetimes = LIFETIMES.map((count) => ({
    value: String(count),
    label: count === 0 ? t("keys.unlimited") : t("keys.days", { count }),
  }));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const until = days === "0" ? null : new Date(Date.now() + Number(days) * DAY).toISOString();
        create.mutate({ name, role, expires_at: until });
      }}
    >
      <Stack gap="md">
        <TextInput
          label={t("keys.name")}
          description={t("keys.nameHint")}
          value={name}
          error={problem?.detail}
          required
          withAsterisk={false}
          maxLength={200}
          data-autofocus
          onChange={(event) => {
            setName(event.currentTarget.value);
          }}
        />
        <NativeSelect
          label={t("keys.role")}
          value={role}
          data={(data?.roles ?? []).map((each) => ({ value: each.name, label: word("role", each.name) }))}
          onChange={(event) => {
            setRole(event.currentTarget.value);
          }}
        />
        <NativeSelect
          label={t("keys.lifetime")}
          value={days}
          data={lifetimes}
          onChange={(event) => {
            setDays(event.currentTarget.value);
          }}
        />
        <Group justify="flex-end">
          <Button type="submit" loading={create.isPending}>
            {t("keys.act")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
