import { Button, Group, Modal, NativeSelect, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/api/client";
import { useInvite, useRoles } from "@/api/settings";
import { CopyField } from "@/ui/CopyField";
import { useWords } from "@/ui/words/useWords";

interface InviteDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Makes a link that somebody joins by. */
export function InviteDialog({ opened, onClose }: InviteDialogProps) {
  const { t } = useTranslation("settings");
  const invite = useInvite();
  const close = () => {
    invite.reset();
    onClose();
  };
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={t("invitations.dialog")}
      closeOnClickOutside={invite.data === undefined}
      closeButtonProps={{ "aria-label": t("members.close") }}
    >
      {invite.data === undefined ? (
        <InviteForm invite={invite} />
      ) : (
        <Stack gap="md">
          <Text c="dimmed">{t("invitations.ready", { email: invite.data.email })}</Text>
          <CopyField label={t("invitations.link")} value={invite.data.link} />
          <Group justify="flex-end">
            <Button variant="default" onClick={invite.reset}>
              {t("invitations.another")}
            </Button>
            <Button onClick={close}>{t("members.close")}</Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}

function InviteForm({ invite }: { readonly invite: ReturnType<typeof useInvite> }) {
  const { t } = useTranslation("settings");
  const { word } = useWords();
  const { data } = useRoles();
  const [email, setEmail] = useState("");
  const [role, setRole] = useState("rep");
  const problem = invite.error instanceof ApiError ? invite.error.problem : undefined;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        invite.mutate({ email, role });
      }}
    >
      <Stack gap="md">
        <TextInput
          type="email"
          label={t("invitations.email")}
          value={email}
          error={problem?.fields?.email ?? problem?.detail}
          required
          withAsterisk={false}
          data-autofocus
          maxLength={320}
          onChange={(event) => {
            setEmail(event.currentTarget.value);
          }}
        />
        <NativeSelect
          label={t("invitations.role")}
          value={role}
          data={(data?.roles ?? []).map(({ name }) => ({ value: name, label: word("role", name) }))}
          onChange={(event) => {
            setRole(event.currentTarget.value);
          }}
        />
        <Group justify="flex-end">
          <Button type="submit" loading={invite.isPending}>
            {t("invitations.act")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
