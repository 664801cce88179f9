import { ActionIcon, Button, Group, Modal, PasswordInput, Text, Tooltip } from "@mantine/core";
import { IconLock, IconLockOpen } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useUnlock } from "@/api/sequenceCare";
import type { Sequence } from "@/api/sequences";
import { problemText } from "../problemText";

interface LockProps {
  readonly sequence: Sequence;
}

/** Whether a password guards the sequence, and whether it is open for you. */
export function Lock({ sequence }: LockProps) {
  const { t } = useTranslation("sequences");
  const [asking, setAsking] = useState(false);
  if (!sequence.guarded) return null;
  if (sequence.unlocked) {
    return (
      <Tooltip label={t("lock.open")}>
        <IconLockOpen
          size={16}
          stroke={1.75}
          color="var(--db-text-3)"
          aria-label={t("lock.open")}
          role="img"
        />
      </Tooltip>
    );
  }
  return (
    <>
      <ActionIcon
        size="sm"
        aria-label={t("lock.closed")}
        title={t("lock.closed")}
        onClick={() => {
          setAsking(true);
        }}
      >
        <IconLock size={16} stroke={1.75} color="var(--db-amber)" aria-hidden />
      </ActionIcon>
      {asking && (
        <UnlockDialog
          sequence={sequence}
          onClose={() => {
            setAsking(false);
          }}
        />
      )}
    </>
  );
}

/** The button in the head of a sequence that is still closed. */
export function Unlock({ sequence }: LockProps) {
  const { t } = useTranslation("sequences");
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button
        leftSection={<IconLock size={16} aria-hidden />}
        onClick={() => {
          setAsking(true);
        }}
      >
        {t("lock.unlock")}
      </Button>
      {asking && (
        <UnlockDialog
          sequence={sequence}
          onClose={() => {
            setAsking(false);
          }}
        />
      )}
    </>
  );
}

function UnlockDialog({ sequence, onClose }: LockProps & { readonly onClose: () => void }) {
  const { t } = useTranslation("sequences");
  const [password, setPassword] = useState("");
  const unlock = useUnlock(sequence.id);
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("lock.title", { name: sequence.name })}
      size={440}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (password !== "") unlock.mutate(password, { onSuccess: onClose });
        }}
      >
        <Text c="dimmed" mb="md">
          {t("lock.hint")}
        </Text>
        <PasswordInput
          label={t("lock.password")}
          data-autofocus
          autoComplete="off"
          value={password}
          error={problemText(t, unlock.error)}
          onChange={(event) => {
            setPassword(event.currentTarget.value);
          }}
        />
        <Group justify="flex-end" gap="sm" mt="lg">
          <Button variant="default" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button type="submit" loading={unlock.isPending} disabled={password === ""}>
            {t("lock.unlock")}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
