import { Radio, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ApprovalDetail, Rejected } from "@/api/approvals";
import { RewriteDialog } from "@/dialogs/drafts/RewriteDialog";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
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
    return <Regenerate desk={desk} detail={question.detail} onClose={close} />;
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
const LONGEST_WISH = 500;

interface RegenerateProps {
  readonly desk: Desk;
  readonly detail: ApprovalDetail;
  readonly onClose: () => void;
}

function Regenerate({ desk, detail, onClose }: RegenerateProps) {
  const { t } = useTranslation("approvals");
  const { change, typing } = desk;
  return (
    <RewriteDialog
      title={t("regenerate.title", { name: detail.contact.name })}
      longest={LONGEST_WISH}
      busy={change.isPending}
      onClose={onClose}
      onRewrite={(note) => {
        change.mutate({ act: "regenerate", id: detail.id, note }, { onSettled: onClose });
        typing.drop(detail.id);
      }}
    />
  );
}
