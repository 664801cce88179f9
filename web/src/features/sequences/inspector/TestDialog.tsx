import { Button, Group, Loader, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFocusBack } from "@/ui/useFocusBack";
import { useTestOutcome, useTestSend, type TestSend } from "@/api/sequenceContent";
import { useSession } from "@/api/session";
import { problemText } from "../problemText";
import { ContactPicker } from "./ContactPicker";
import type { InspectorProps } from "./Inspector";

interface TestDialogProps extends InspectorProps {
  readonly onClose: () => void;
}

/** Send the mail to an address of one's own, and say what became of it. */
export function TestDialog({ step, document, sequence, onClose }: TestDialogProps) {
  const { t } = useTranslation("sequences");
  useFocusBack();
  const session = useSession().data;
  const [to, setTo] = useState<string>();
  const [contact, setContact] = useState<number>();
  const send = useTestSend(sequence.id);
  const outcome = useTestOutcome(send.data?.touch_id).data ?? send.data;
  const isMail = step.kind === "email";
  const address = to ?? ownAddress(isMail, session?.email);
  return (
    <Modal opened onClose={onClose} title={t("trial.testTitle")} size={480}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          send.mutate({ step: step.key, document: { ...document }, contact, ...whereTo(isMail, address) });
        }}
      >
        <Stack gap="md">
          <Address isMail={isMail} value={address} onChange={setTo} />
          <ContactPicker value={contact} onChange={setContact} />
          {send.error !== null && <Text c="red">{problemText(t, send.error)}</Text>}
          {outcome && <Outcome sent={outcome} />}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t("close")}
            </Button>
            <Button type="submit" loading={send.isPending} disabled={address.trim() === ""}>
              {t(isMail ? "trial.send" : "compose.test.send")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function ownAddress(isMail: boolean, email: string | undefined): string {
  return isMail ? (email ?? "") : "";
}

function whereTo(isMail: boolean, address: string) {
  return isMail ? { to: address } : { to_phone: address.trim() };
}

interface AddressProps {
  readonly isMail: boolean;
  readonly value: string;
  readonly onChange: (address: string) => void;
}

/** Where a test goes: an address of one's own, or a number. */
function Address({ isMail, value, onChange }: AddressProps) {
  const { t } = useTranslation("sequences");
  const words = isMail
    ? { type: "email", label: t("trial.address") }
    : { type: "tel", label: t("compose.test.phone"), description: t("compose.test.phoneHint") };
  return (
    <TextInput
      {...words}
      data-autofocus
      required
      value={value}
      onChange={(event) => {
        onChange(event.currentTarget.value);
      }}
    />
  );
}

function Outcome({ sent }: { readonly sent: TestSend }) {
  const { t } = useTranslation("sequences");
  const done = sent.status === "sent" || sent.status === "delivered";
  if (!sent.settled) {
    return (
      <Group gap="sm" role="status">
        <Loader size={14} />
        <Text>
          {sent.hold_reason === ""
            ? t("trial.underWay")
            : t("trial.held", { reason: sent.hold_reason.replaceAll("_", " ") })}
        </Text>
      </Group>
    );
  }
  return (
    <Text role="status" c={done ? "var(--db-green)" : "red"}>
      {done
        ? t("trial.sent", { to: sent.to })
        : t("trial.failed", { why: sent.text || sent.reason.replaceAll("_", " ") })}
    </Text>
  );
}
