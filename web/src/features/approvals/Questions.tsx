import { Button, Group, Modal, Radio, Stack, Text, Textarea } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ApprovalDetail, Rejected } from "@/api/approvals";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { useKeys } from "@/ui/keys";
import type { Desk } from "./useDesk";

/** What is asked before a draft is turned down, sent against a warning, or written anew. */
export function Questions({ desk }: { readonly desk: Desk }) {
  const { t } = useTranslation("approvals");
  const { question, ask } = desk;
  const close = () => {
    ask(undefined);
  };
  if (question === undefined) return null;
  if (question.about === "reject") {
    return (
      <RejectDialog
        name={question.name}
        count={question.ids.length}
        onClose={close}
        onReject={(then) => {
          close();
          desk.reject({ ids: question.ids, then });
          desk.goOn(question.ids);
        }}
      />
    );
  }
  if (question.about === "regenerate") {
    return <RegenerateDialog desk={desk} detail={question.detail} onClose={close} />;
  }
  return (
    <ConfirmDialog
      opened
      danger
      title={t("anyway.title", { name: question.name })}
      confirm={t("anyway.do")}
      onClose={close}
      onConfirm={() => {
        close();
        desk.approve({ ...question.meant, anyway: true }, question.name);
        desk.goOn([question.meant.id]);
      }}
    >
      <Text c="dimmed">{question.why}</Text>
    </ConfirmDialog>
  );
}

interface RejectDialogProps {
  readonly name: string;
  readonly count: number;
  readonly onClose: () => void;
  readonly onReject: (then: Rejected["then"]) => void;
}

const THENS = ["skip", "stop"] as const;

function RejectDialog({ name, count, onClose, onReject }: RejectDialogProps) {
  const { t } = useTranslation("approvals");
  const [then, setThen] = useState<Rejected["then"]>("skip");
  return (
    <ConfirmDialog
      opened
      danger
      title={count === 1 ? t("reject.one", { name }) : t("reject.many", { count })}
      confirm={t(`reject.do.${then}`, { count })}
      onClose={onClose}
      onConfirm={() => {
        onReject(then);
      }}
    >
      <Radio.Group
        label={t("reject.then")}
        value={then}
        onChange={(value) => {
          setThen(THENS.find((each) => each === value) ?? "skip");
        }}
      >
        <Stack gap="sm" mt="xs">
          {THENS.map((value) => (
            <Radio
              key={value}
              value={value}
              label={t(`reject.${value}.label`, { count })}
              description={t(`reject.${value}.hint`)}
            />
          ))}
        </Stack>
      </Radio.Group>
    </ConfirmDialog>
  );
}

/** As long as the server takes a wish. */
const LONGEST_NOTE = 500;

interface RegenerateDialogProps {
  readonly desk: Desk;
  readonly detail: ApprovalDetail;
  readonly onClose: () => void;
}

function RegenerateDialog({ desk, detail, onClose }: RegenerateDialogProps) {
  const { t } = useTranslation("approvals");
  const [note, setNote] = useState("");
  const { change, typing } = desk;
  const again = () => {
    change.mutate({ act: "regenerate", id: detail.id, note }, { onSettled: onClose });
    typing.drop(detail.id);
  };
  const title = t("regenerate.title", { name: detail.contact.name });
  useKeys(title, [{ keys: "mod+Enter", label: t("regenerate.do"), act: again, whileTyping: true }], {
    where: "dialog",
  });
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ "aria-label": t("cancel") }}>
      <Stack gap="md">
        <Textarea
          data-autofocus
          autosize
          minRows={2}
          maxRows={8}
          maxLength={LONGEST_NOTE}
          label={t("regenerate.note")}
          description={t("regenerate.hint")}
          placeholder={t("regenerate.example")}
          value={note}
          onChange={(event) => {
            setNote(event.currentTarget.value);
          }}
        />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button onClick={again} loading={change.isPending}>
            {t("regenerate.do")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
