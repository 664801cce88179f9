import { Button, Group, Modal, Select, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/api/client";
import { type Channel, useAddSuppression } from "@/api/suppressions";

const ALL = "all";
const CHANNELS = ["email", "sms", "whatsapp", "voice"] as const;

/** Suppress an address, a whole domain or a number. */
export function AddDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation("suppressions");
  const [address, setAddress] = useState("");
  const [channel, setChannel] = useState<Channel>("");
  const add = useAddSuppression({ said: () => t("add.said", { address: address.trim() }) });
  const problem = add.error instanceof ApiError ? add.error.problem?.detail : undefined;
  return (
    <Modal opened onClose={onClose} title={t("add.title")}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          add.mutate({ address, channel }, { onSuccess: onClose });
        }}
      >
        <Stack>
          <Text c="dimmed">{t("add.hint")}</Text>
          <TextInput
            data-autofocus
            label={t("add.address")}
            description={t("add.addressHint")}
            value={address}
            error={add.isError && (problem ?? t("failed"))}
            onChange={(event) => {
              setAddress(event.currentTarget.value);
            }}
          />
          <Select
            label={t("channel")}
            allowDeselect={false}
            data={[
              { value: ALL, label: t("allChannels") },
              ...CHANNELS.map((value) => ({ value, label: t(`on.${value}`) })),
            ]}
            value={channel === "" ? ALL : channel}
            onChange={(chosen) => {
              setChannel(chosen === ALL || chosen === null ? "" : chosen);
            }}
          />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t("cancel")}
            </Button>
            <Button type="submit" loading={add.isPending} disabled={address.trim() === ""}>
              {t("add.short")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
