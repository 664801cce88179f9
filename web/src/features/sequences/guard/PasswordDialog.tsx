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
  const { guarded, name } = sequence;
  const [fresh, setFresh] = useState("");
  const [proof, setProof] = useState<Proof>({ old: "", reset: false });
  const { put, busy, error } = usePut(sequence, proof, onClose);
  const isKnown = !guarded || proof.reset || proof.old !== "";
  const isReady = isKnown && fresh !== "";
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
          if (isReady) put(fresh);
        }}
      >
        <Stack gap="md">
          <Text c="dimmed">{t("password.hint")}</Text>
          {guarded && <ProofFields proof={proof} mayReset={mayReset} onChange={setProof} />}
          <PasswordInput
            label={t("password.fresh")}
            autoComplete="new-password"
            {...(!guarded && { "data-autofocus": true })}
            value={fresh}
            error={problemText(t, error)}
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
            <Button type="submit" loading={busy} disabled={!isReady}>
              {t("password.do")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

/** What allows to change a password: the old one, or the right to do without. */
interface Proof {
  readonly old: string;
  readonly reset: boolean;
}

/** Return how a password is set, or with null taken away. */
function usePut({ id, name }: PasswordDialogProps["sequence"], { old, reset }: Proof, onDone: () => void) {
  const { t } = useTranslation("sequences");
  const { mutate, isPending, error } = useSetPassword(id);
  const put = (password: string | null) => {
    mutate(
      { password, old: reset ? "" : old, reset },
      {
        onSuccess: () => {
          undoToast({ text: t(password === null ? "password.gone" : "password.set", { name }) });
          onDone();
        },
      },
    );
  };
  return { put, busy: isPending, error };
}

interface ProofFieldsProps {
  readonly proof: Proof;
  readonly mayReset: boolean;
  readonly onChange: (proof: Proof) => void;
}

function ProofFields({ proof, mayReset, onChange }: ProofFieldsProps) {
  const { t } = useTranslation("sequences");
  return (
    <>
      {!proof.reset && (
        <PasswordInput
          label={t("password.old")}
          data-autofocus
          autoComplete="off"
          value={proof.old}
          onChange={(event) => {
            onChange({ ...proof, old: event.currentTarget.value });
          }}
        />
      )}
      {mayReset && (
        <Checkbox
          label={t("password.reset")}
          checked={proof.reset}
          onChange={(event) => {
            onChange({ ...proof, reset: event.currentTarget.checked });
          }}
        />
      )}
    </>
  );
}
