import { Button, Group, Modal, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlayerStop } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { EmergencyStop } from "@/api/types";
import { dayTime } from "@/ui/time";
import { Banner } from "@/ui/Banner";

interface StopButtonProps {
  readonly people: number;
  readonly busy: boolean;
  readonly onStop: () => void;
}

/** Stops all sending, after it said what that means. */
export function StopButton({ people, busy, onStop }: StopButtonProps) {
  const { t } = useTranslation("live");
  const [opened, dialog] = useDisclosure(false);
  const stop = () => {
    onStop();
    dialog.close();
  };
  return (
    <>
      <Button
        variant="default"
        c="var(--db-red)"
        leftSection={<IconPlayerStop size={16} stroke={1.75} aria-hidden />}
        onClick={dialog.open}
        loading={busy}
      >
        {t("stop.button")}
      </Button>
      <Modal
        opened={opened}
        onClose={dialog.close}
        title={<DialogTitle />}
        closeButtonProps={{ "aria-label": t("stop.keep") }}
      >
        <Text c="dimmed">{t("stop.text")}</Text>
        <Group justify="flex-end" mt="lg" gap="sm">
          <Button variant="default" onClick={dialog.close} data-autofocus>
            {t("stop.keep")}
          </Button>
          <Button color="red" onClick={stop}>
            {t("stop.confirm", { count: people })}
          </Button>
        </Group>
      </Modal>
    </>
  );
}

function DialogTitle() {
  const { t } = useTranslation("live");
  return (
    <Text span fz="lg" fw={600}>
      {t("stop.title")}
    </Text>
  );
}

interface StoppedProps {
  readonly stop: EmergencyStop;
  readonly busy: boolean;
  readonly onLift: () => void;
}

/** Says that everything is stopped, by whom and since when, and lifts it. */
export function Stopped({ stop, busy, onLift }: StoppedProps) {
  const { t, i18n } = useTranslation("live");
  const time = dayTime(Date.parse(stop.at), i18n.language);
  return (
    <Banner tone="red" title={t("stop.active")} text={t("stop.since", { by: stop.by, time })}>
      <Button size="xs" variant="default" onClick={onLift} loading={busy}>
        {t("stop.lift")}
      </Button>
    </Banner>
  );
}
