import { Badge, Button, Group, Text } from "@mantine/core";
import { IconSparkles } from "@tabler/icons-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import {
  type AnswerDraft,
  useAnswerDraft,
  useDiscardAnswer,
  useRewriteAnswer,
  useSendAnswer,
} from "@/api/answerDrafts";
import { newClientId } from "@/api/inbox";
import { useMay } from "@/api/session";
import { Concerns } from "@/dialogs/drafts/Concerns";
import { Outdated } from "@/dialogs/drafts/Outdated";
import { RewriteDialog } from "@/dialogs/drafts/RewriteDialog";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { Problem } from "@/ui/Problem";
import type { ComposerProps } from "./Composer";
import classes from "./Suggestion.module.css";

/** As long as the server takes a wish. */
const LONGEST_WISH = 1_000;

type SuggestionProps = Pick<ComposerProps, "thread" | "draft" | "onDraft">;

/** What an agent would answer. A person sends it, changes it or throws it away; nothing of it leaves by itself. */
export function Suggestion(props: SuggestionProps) {
  const { t } = useTranslation("inbox");
  const { thread, draft } = props;
  const { data: found, error, refetch } = useAnswerDraft(thread.contact.id);
  if (found === undefined) {
    return error === null ? null : (
      <div className={classes.suggestion}>
        <Problem tone="amber" title={t("suggestion.failed")} text={error.message}>
          <Button size="xs" variant="default" onClick={() => void refetch()}>
            {t("suggestion.again")}
          </Button>
        </Problem>
      </div>
    );
  }
  if (found === null) return null;
  if (found.status === "wanted") return <Coming found={found} />;
  const isBelow = draft.takenOver?.id === found.id && draft.text.trim() !== "";
  return isBelow ? null : <Waiting found={found} {...props} />;
}

function useAgentName({ agent }: AnswerDraft): string {
  const { t } = useTranslation("inbox");
  return agent?.name ?? t("suggestion.somebody");
}

const REASONS = [
  ...(["draft_cap", "cost_cap", "model_fault", "own_fault"] as const),
  ...(["no_model", "no_agent", "disabled", "rests"] as const),
] as const;

/** Return why there is no text, or none that is newer, in words; undefined: nothing is in the way. */
function useReason({ because, fault }: AnswerDraft): string | undefined {
  const { t } = useTranslation("inbox");
  const known = REASONS.find((each) => each === because);
  const said = [known === undefined ? because : t(`suggestion.because.${known}`), fault];
  return said.filter(Boolean).join(" ") || undefined;
}

/** It is being written, or held: by a cap until tomorrow, by a fault until the next try. */
function Coming({ found }: { readonly found: AnswerDraft }) {
  const { t } = useTranslation("inbox");
  const agent = useAgentName(found);
  const reason = useReason(found);
  return (
    <div className={classes.coming} role="status">
      {reason === undefined ? (
        <Text c="dimmed">{t("suggestion.writing", { agent })}</Text>
      ) : (
        <Problem tone="amber" title={t("suggestion.waits", { agent })} text={reason} />
      )}
    </div>
  );
}

interface WaitingProps extends SuggestionProps {
  readonly found: AnswerDraft;
}

function Waiting({ found, thread, onDraft }: WaitingProps) {
  const { t } = useTranslation("inbox");
  const agent = useAgentName(found);
  const reason = useReason(found);
  const title = t("suggestion.title", { agent });
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    if (section.current !== null) comeIntoSight(section.current);
  }, [found.id]);
  const takeOver = () => {
    onDraft((now) => ({
      ...now,
      text: withAnswer(now.text.trimEnd(), found.text),
      takenOver: { id: found.id, channel: found.channel },
    }));
  };
  return (
    <section ref={section} className={classes.suggestion} aria-label={title}>
      <Group gap={8} mb={6}>
        <IconSparkles size={16} stroke={1.75} aria-hidden />
        <Text span fw={500}>
          {title}
        </Text>
        <Badge variant="default" className={classes.mark ?? ""}>
          {t("suggestion.notSent")}
        </Badge>
      </Group>
      <div className={classes.text} tabIndex={0} role="group" aria-label={title}>
        {found.text}
      </div>
      {found.note !== "" && <Text c="dimmed">{t("suggestion.note", { note: found.note })}</Text>}
      {reason !== undefined && <Problem tone="amber" title={t("suggestion.notAnew")} text={reason} />}
      <Outdated origins={found.outdated} />
      <Concerns concerns={found.concerns} />
      <Acts
        key={found.text_hash}
        found={found}
        agent={agent}
        name={thread.contact.name}
        onTakeOver={takeOver}
      />
    </section>
  );
}

/** Follow the end of the talk where that is in sight; who reads further up, or writes, is left where they are. */
function comeIntoSight(section: HTMLElement): void {
  const end = section.previousElementSibling?.getBoundingClientRect().bottom ?? 0;
  const isWriting = document.activeElement?.matches("input, textarea") ?? false;
  if (end <= window.innerHeight && !isWriting) section.scrollIntoView({ block: "nearest" });
}

/** What was being written stays, above it. A message that was taken back has brought it along already. */
function withAnswer(written: string, answer: string): string {
  return written.includes(answer) ? written : [written, answer].filter(Boolean).join("\n\n");
}

interface ActsProps {
  readonly found: AnswerDraft;
  readonly agent: string;
  /** Of the contact. */
  readonly name: string;
  readonly onTakeOver: () => void;
}

function Acts({ found, agent, name, onTakeOver }: ActsProps) {
  const { t } = useTranslation("inbox");
  const may = useMay();
  const [asked, ask] = useState<"anyway" | "rewrite" | "discard">();
  // The same for one text, however often it is asked to be sent; another one once that was taken back.
  const [key, setKey] = useState(newClientId);
  const send = useSendAnswer(() => t("said.sent"));
  const discard = useDiscardAnswer(() => t("suggestion.discarded"));
  const rewrite = useRewriteAnswer();
  const isBusy = send.isPending || discard.isPending || rewrite.isPending;
  const close = () => {
    ask(undefined);
  };
  const sendIt = (anyway: boolean) => {
    close();
    const sent = { id: found.id, textHash: found.text_hash, key, anyway };
    void send.mutateAsync(sent).then(
      () => {
        setKey(newClientId());
      },
      () => undefined, // said in a toast
    );
  };
  if (!may("contacts.edit")) return null;
  const other = (text: string, act: () => void): ReactNode => (
    <Button size="xs" variant="default" disabled={isBusy} onClick={act}>
      {text}
    </Button>
  );
  return (
    <Group gap="sm" mt={8}>
      {may("approvals.edit") && (
        <Button
          size="xs"
          loading={send.isPending}
          disabled={isBusy}
          title={t("suggestion.sendHint", { agent })}
          onClick={() => {
            if (found.risk === "stop") ask("anyway");
            else sendIt(false);
          }}
        >
          {t("suggestion.send")}
        </Button>
      )}
      {other(t("suggestion.edit"), onTakeOver)}
      {other(t("suggestion.rewrite"), () => {
        ask("rewrite");
      })}
      {other(t("suggestion.discard"), () => {
        ask("discard");
      })}
      <ConfirmDialog
        opened={asked === "anyway"}
        danger
        title={t("suggestion.anyway.title", { name })}
        confirm={t("suggestion.anyway.do")}
        onClose={close}
        onConfirm={() => {
          sendIt(true);
        }}
      >
        {t("suggestion.anyway.text")}
      </ConfirmDialog>
      <ConfirmDialog
        opened={asked === "discard"}
        danger
        title={t("suggestion.discarding.title")}
        confirm={t("suggestion.discard")}
        onClose={close}
        onConfirm={() => {
          close();
          discard.mutate(found.id);
        }}
      >
        {t("suggestion.discarding.text", { name })}
      </ConfirmDialog>
      {asked === "rewrite" && (
        <RewriteDialog
          title={t("suggestion.rewriting.title", { name })}
          longest={LONGEST_WISH}
          busy={rewrite.isPending}
          onClose={close}
          onRewrite={(note) => {
            rewrite.mutate({ id: found.id, note }, { onSuccess: close });
          }}
        />
      )}
    </Group>
  );
}
