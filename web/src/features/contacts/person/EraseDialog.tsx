import { Button, Checkbox, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import type { ContactDetail } from "@/api/contacts";
import { dataAddress, useErase } from "@/api/persons";
import { Failed } from "./Failed";

interface EraseDialogProps {
  readonly contact: ContactDetail;
  readonly onClose: () => void;
}

/** Erase a person everywhere, after their address was typed. */
export function EraseDialog({ contact, onClose }: EraseDialogProps) {
  const { t } = useTranslation("contacts");
  const navigate = useNavigate();
  const [typed, setTyped] = useState("");
  const [suppress, setSuppress] = useState(true);
  const erase = useErase(contact.id, t("erase.said"));
  const address = contact.email === "" ? contact.phone : contact.email;
  const isTyped = typed.trim().toLowerCase() === address.toLowerCase() && address !== "";
  return (
    <Modal
      opened
      onClose={onClose}
      closeButtonProps={{ "aria-label": t("erase.keep") }}
      title={
        <Text span fz="lg" fw={600}>
          {t("erase.title", { name: contact.name })}
        </Text>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          erase.mutate(
            { confirmation: typed, suppress },
            { onSuccess: () => void navigate("/contacts", { replace: true }) },
          );
        }}
      >
        <Stack gap="md">
          <Text c="dimmed">{t("erase.text")}</Text>
          <Text
            component="a"
            href={dataAddress(contact.id)}
            download
            c="var(--db-accent-text)"
            style={{ alignSelf: "flex-start" }}
          >
            {t("data.first")}
          </Text>
          <TextInput
            data-autofocus
            autoComplete="off"
            label={t("erase.type", { address })}
            value={typed}
            onChange={(event) => {
              setTyped(event.currentTarget.value);
            }}
          />
          <Checkbox
            label={t("erase.suppress")}
            description={t("erase.suppressHint")}
            checked={suppress}
            onChange={(event) => {
              setSuppress(event.currentTarget.checked);
            }}
          />
          <Failed error={erase.error} />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t("erase.keep")}
            </Button>
            <Button type="submit" color="red" disabled={!isTyped} loading={erase.isPending}>
              {t("erase.confirm")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
