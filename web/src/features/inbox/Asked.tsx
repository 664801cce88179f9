import { Button, Group, Kbd, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { type Question, type Thread } from "@/api/inbox";
import { useAnswerQuestion } from "@/api/inboxMails";
import { useMay } from "@/api/session";
import { useKeys } from "@/ui/keys";
import classes from "./Inbox.module.css";

/** What nobody but a person can say about a mail: answered by one key. */
export function Asked({ thread }: { readonly thread: Thread }) {
  const may = useMay();
  if (thread.question === "" || !may("contacts.edit") || !may("enrollments.edit")) return null;
  return <One key={thread.question} thread={thread} question={thread.question as Question} />;
}

interface OneProps {
  readonly thread: Thread;
  readonly question: Question;
}

function One({ thread, question }: OneProps) {
  const { t } = useTranslation("inbox");
  const { mutate, isPending } = useAnswerQuestion(({ yes }) =>
    t(`asked.${question}.${yes ? "saidYes" : "saidNo"}`),
  );
  const answer = (yes: boolean) => {
    if (!isPending) mutate({ contactId: thread.contact.id, question, yes });
  };
  const yes = () => {
    answer(true);
  };
  const no = () => {
    answer(false);
  };
  useKeys(t("title"), [
    { keys: "y", label: t("key.yes"), act: yes },
    { keys: "n", label: t("key.no"), act: no },
  ]);
  const { name } = thread.contact;
  return (
    <Stack gap={8} className={classes.confirm}>
      <Text fw={500}>{t(`asked.${question}.title`, { name })}</Text>
      <Text c="dimmed">{t(`asked.${question}.text`, { name })}</Text>
      <Group gap="sm">
        <Button
          size="xs"
          variant="default"
          loading={isPending}
          onClick={yes}
          rightSection={<Kbd size="xs">y</Kbd>}
        >
          {t(`asked.${question}.yes`, { name })}
        </Button>
        <Button
          size="xs"
          variant="default"
          loading={isPending}
          onClick={no}
          rightSection={<Kbd size="xs">n</Kbd>}
        >
          {t(`asked.${question}.no`)}
        </Button>
      </Group>
    </Stack>
  );
}
