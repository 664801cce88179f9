import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { ApprovalDetail } from "@/api/approvals";
import { Sheet, SheetText } from "@/dialogs/drafts/Sheet";
import classes from "./Letter.module.css";
import { markedIn } from "./doubts";

interface LetterProps {
  readonly detail: ApprovalDetail;
  /** Show what was changed in the agent's words. */
  readonly isCompared: boolean;
}

/** The message as it would leave; doubtful words are marked where they stand, changes are struck and underlined. */
export function Letter({ detail, isCompared }: LetterProps) {
  const { t } = useTranslation("approvals");
  const { sender, recipient, subject, text, channel } = detail;
  const Words = isCompared ? Compared : Doubted;
  return (
    <Sheet
      facts={[
        { name: t("letter.from"), value: sender === null ? "" : `${sender.name} <${sender.address}>` },
        { name: t("letter.to"), value: recipient },
        // The difference begins with the subject itself.
        { name: t("letter.subject"), value: detail.has_subject && !isCompared ? subject : "" },
      ]}
    >
      <SheetText dimmed={text === ""}>
        {text === "" ? (
          t("letter.none")
        ) : (
          <div className={classes.marked}>
            <Words detail={detail} />
          </div>
        )}
      </SheetText>
      {channel === "email" && <p className={classes.foot}>{t("letter.foot")}</p>}
    </Sheet>
  );
}

function Compared({ detail: { difference } }: { readonly detail: ApprovalDetail }): ReactNode {
  const tags = { same: "span", removed: "del", added: "ins" } as const;
  return difference.map(({ kind, text }, index) => {
    const Tag = tags[kind];
    return <Tag key={`${String(index)}${kind}`}>{text}</Tag>;
  });
}

function Doubted({ detail: { text, checks } }: { readonly detail: ApprovalDetail }): ReactNode {
  const pieces = markedIn(
    text,
    checks.map(({ excerpt }) => excerpt),
  );
  return pieces.map(({ text: piece, doubt }, index) =>
    doubt === undefined ? (
      piece
    ) : (
      <mark key={index} title={checks[doubt]?.text} data-severity={checks[doubt]?.severity}>
        {piece}
      </mark>
    ),
  );
}
