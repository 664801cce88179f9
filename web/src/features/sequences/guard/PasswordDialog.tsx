import { Button, Checkbox, Group, Modal, PasswordInput, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSetPassword } from "@/api/sequenceCare";
import type { Sequence } from "@/api/sequences";
import { undoToast } from "@/ui/toasts";
import { problemText } from "../problemText";

interface PasswordDialogProps {
  readonly sequence: Pick<Sequence, "id" | "name" | "guarded">;
  readonly mayReset: boolean;
  readonly onClose: () => void;
}

/** Guard every change of a sequence by a password; change it, or take it away. */
export function PasswordDialog({ sequence, mayReset, onClose }: PasswordDialogProps) {
  const { t } = useTranslation("sequences");
  const [old, setOld] = useState("");
  const [fresh, setFresh] = useState("");
  const [reset, setReset] = useState(false);
  const set = useSetPassword(sequence.id);
  const { guarded, name } = sequence;
  const put = (password: string | null) => {
    set.mutate(
      { password, old: reset ? "" : old, reset },
      {
        onSuccess: () => {
          undoToast({ text: t(password === null ? "password.gone" : "password.set", { name }) });
          onClose();
        },
      },
    );
  };
  const isKnown = !guarded || reset || old !== "";
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(guarded ? "password.change" : "password.title", { name })}
      size={460}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isKnown && fresh !== "") put(fresh);
        }}
      >
        <Stack gap="md">
          <Text c="dimmed">{t("password.hint")}</Text>
          {guarded && !reset && (
            <PasswordInput
              label={t("password.old")}
              data-autofocus
              autoComplete="off"
              value={old}
              onChange={(event) => {
                setOld(event.currentTarget.value);
              }}
            />
          )}
          {guarded && mayReset && (
            <Checkbox
              label={t("password.reset")}
              checked={reset}
              onChange={(event) => {
                setReset(event.currentTarget.checked);
              }}
            />
          )}
          <PasswordInput
            label={t("password.fresh")}
            autoComplete="new-password"
            {...(!guarded && { "data-autofocus": true })}
            value={fresh}
            error={problemText(t, set.error)}
            onChange={(event) => {
              setFresh(event.currentTarget.value);
            }}
          />
          <Group justify="flex-end" gap="sm">
            {guarded && (
              <Button
                variant="subtle"
                color="red"
                mr="auto"
                disabled={!isKnown}
                onClick={() => {
                  put(null);
                }}
              >
                {t("password.remove")}
              </Button>
            )}
            <Button variant="default" onClick={onClose}>
              {t("cancel")}
            </Button>
            <Button type="submit" loading={set.isPending} disabled={!isKnown || fresh === ""}>
              {t("password.do")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
