import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { ApprovalDetail } from "@/api/approvals";
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
  const Words = isCompared ? Compared : Doubted;
  return (
    <div className={classes.letter}>
      <Envelope detail={detail} isCompared={isCompared} />
      {detail.text === "" ? (
        <Text className={classes.text ?? ""} c="dimmed">
          {t("letter.none")}
        </Text>
      ) : (
        <Text component="div" className={classes.text ?? ""}>
          <Words detail={detail} />
        </Text>
      )}
      {detail.channel === "email" && <p className={classes.foot}>{t("letter.foot")}</p>}
    </div>
  );
}

/** From whom to whom; the difference begins with the subject itself. */
function Envelope({ detail, isCompared }: LetterProps) {
  const { t } = useTranslation("approvals");
  const { sender, recipient, subject } = detail;
  return (
    <dl className={classes.facts}>
      {sender !== null && <Fact name={t("letter.from")}>{`${sender.name} <${sender.address}>`}</Fact>}
      {recipient !== "" && <Fact name={t("letter.to")}>{recipient}</Fact>}
      {detail.has_subject && !isCompared && <Fact name={t("letter.subject")}>{subject}</Fact>}
    </dl>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
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
