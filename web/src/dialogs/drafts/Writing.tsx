import { Button, Group, Skeleton, Stack, Text, TextInput } from "@mantine/core";
import { IconSparkles } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { PreviewDraft, Wish } from "@/api/agents";
import { ApiError } from "@/api/client";
import { ContactPicker } from "../ContactPicker";
import { Problem } from "@/ui/Problem";
import { Concerns } from "./Concerns";
import classes from "./Drafts.module.css";

interface WritingProps {
  readonly asked: {
    readonly data: PreviewDraft | undefined;
    readonly error: Error | null;
    readonly isPending: boolean;
  };
  readonly onAsk: (wish: Wish) => void;
}

/** Let an agent write for somebody, read it with its checks, and let it try again with a wish. Nothing is kept. */
export function Writing({ asked: { data, error, isPending }, onAsk }: WritingProps) {
  const { t } = useTranslation("drafts");
  const [contact, setContact] = useState<number>();
  const [note, setNote] = useState("");
  const ask = () => {
    onAsk({ contact, note, earlier: data?.text ?? "" });
    setNote("");
  };
  return (
    <Stack gap="md">
      <Group align="flex-end" gap="sm">
        <ContactPicker
          label={t("write.who")}
          none={t("write.imagined")}
          nobody={t("write.nobody")}
          value={contact}
          onChange={setContact}
        />
        <Button leftSection={<IconSparkles size={16} aria-hidden />} loading={isPending} onClick={ask}>
          {t(data === undefined ? "write.do" : "write.again")}
        </Button>
      </Group>
      {data !== undefined && (
        <TextInput
          label={t("write.note")}
          description={t("write.noteHint")}
          maxLength={500}
          value={note}
          onChange={(event) => {
            setNote(event.currentTarget.value);
          }}
        />
      )}
      <div role="status">
        <Outcome asked={{ data, error, isPending }} />
      </div>
      <Text fz="xs" c="dimmed">
        {t("write.takes")}
      </Text>
    </Stack>
  );
}

function Outcome({ asked: { data, error, isPending } }: Pick<WritingProps, "asked">) {
  if (isPending) return <Skeleton height={160} />;
  if (error !== null) return <Problem tone="red" title={said(error)} />;
  return data === undefined ? null : <Written draft={data} />;
}

function said(error: Error): string {
  const problem = error instanceof ApiError ? error.problem : undefined;
  return problem?.detail ?? error.message;
}

function Written({ draft }: { readonly draft: PreviewDraft }) {
  const { t } = useTranslation("drafts");
  const { subject, text, concerns, facts, agent, model, cost } = draft;
  return (
    <Stack gap="sm">
      {subject !== "" && (
        <Text>
          <Text span inherit c="dimmed">
            {t("write.subject")}
          </Text>{" "}
          <Text span inherit fw={500}>
            {subject}
          </Text>
        </Text>
      )}
      <div className={classes.letter}>{text}</div>
      {concerns.length === 0 ? (
        <Problem tone="green" title={t("write.clean")} />
      ) : (
        <div>
          <Concerns concerns={concerns} />
        </div>
      )}
      {facts.length > 0 && (
        <Text fz="xs" c="dimmed">
          {t("write.facts")}: {facts.join(" · ")}
        </Text>
      )}
      <Text fz="xs" c="dimmed" className="tabular">
        {cost === null
          ? t("write.by", { agent: agent.name, model })
          : t("write.cost", { agent: agent.name, model, cost })}
      </Text>
    </Stack>
  );
}
