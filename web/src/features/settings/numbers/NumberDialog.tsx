import { Button, Group, Modal, Stack } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";
import { type PhoneNumber, useChangeNumber } from "@/api/numbers";
import { Failed } from "./Failed";
import { formOf, type Pace, paceOf } from "./pace";
import { PaceFields } from "./PaceFields";

interface NumberDialogProps {
  readonly number: PhoneNumber;
  readonly onClose: () => void;
}

/** Changes how a number sends; what waits for it is tried at once. */
export function NumberDialog({ number, onClose }: NumberDialogProps) {
  const { t } = useTranslation("settings");
  const form = useForm<Pace>({ initialValues: paceOf(number) });
  const change = useChangeNumber(number.id, t("numbers.changed"));
  return (
    <Modal
      opened
      onClose={onClose}
      size={560}
      title={number.number}
      closeButtonProps={{ "aria-label": t("numbers.cancel") }}
    >
      <form
        onSubmit={form.onSubmit((typed) => {
          change.mutate(formOf(typed), { onSuccess: onClose });
        })}
      >
        <Stack gap="md">
          <PaceFields form={form} channel={number.channel} />
          <Failed error={change.error} />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t("numbers.cancel")}
            </Button>
            <Button type="submit" loading={change.isPending}>
              {t("numbers.save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
