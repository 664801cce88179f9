import { Anchor, Code, Stack, Table, Tabs, Text, Title } from "@mantine/core";
import { IconArrowBackUp, IconChevronLeft } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { OpenedLetter } from "@/api/types";
import { clockTime, dayTime } from "@/ui/time";
import classes from "./DevInbox.module.css";

/** What mail programs assume where a mail says nothing: a sans-serif on white. */
const PLAIN =
  '<meta name="color-scheme" content="light"><style>body{margin:16px;font:15px/1.6 system-ui,sans-serif}</style>';

interface ReaderProps {
  readonly letter: OpenedLetter;
}

/** One mail: as its reader sees it, its text, its headers, its source. */
export function Reader({ letter }: ReaderProps) {
  const { t, i18n } = useTranslation("devInbox");
  return (
    <article>
      <Anchor component={Link} to="/dev-inbox" className={classes.back ?? ""} hiddenFrom="sm">
        <IconChevronLeft size={16} stroke={1.75} aria-hidden /> {t("back")}
      </Anchor>
      <Title order={2}>{letter.subject}</Title>
      <Text c="dimmed" fz="xs" lh="18px" mt={4} mb="md">
        {t("from", { name: letter.sender })} {t("to", { name: letter.recipient })} ·{" "}
        {dayTime(Date.parse(letter.at), i18n.language)}
      </Text>
      <Tabs defaultValue={letter.html === "" ? "text" : "mail"} keepMounted={false}>
        <Tabs.List mb="md">
          {letter.html !== "" && <Tabs.Tab value="mail">{t("tabs.mail")}</Tabs.Tab>}
          <Tabs.Tab value="text">{t("tabs.text")}</Tabs.Tab>
          <Tabs.Tab value="headers">{t("tabs.headers")}</Tabs.Tab>
          <Tabs.Tab value="source">{t("tabs.source")}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="mail">
          <iframe className={classes.frame} sandbox="" srcDoc={PLAIN + letter.html} title={t("frame")} />
        </Tabs.Panel>
        <Tabs.Panel value="text">
          <div className={classes.text}>{letter.text === "" ? t("noText") : letter.text}</div>
        </Tabs.Panel>
        <Tabs.Panel value="headers">
          <Headers letter={letter} />
        </Tabs.Panel>
        <Tabs.Panel value="source">
          <Code block className={classes.source}>
            {letter.source}
          </Code>
        </Tabs.Panel>
      </Tabs>
      {letter.answered_at !== null && letter.answered !== "" && <Answer letter={letter} />}
    </article>
  );
}

function Headers({ letter }: ReaderProps) {
  const { t } = useTranslation("devInbox");
  return (
    <Table className={classes.headers}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t("header.name")}</Table.Th>
          <Table.Th>{t("header.value")}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {letter.headers.map((header, index) => (
          <Table.Tr key={`${header.name}${index}`}>
            <Table.Td>{header.name}</Table.Td>
            <Table.Td>{header.value}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Answer({ letter }: ReaderProps) {
  const { t, i18n } = useTranslation("devInbox");
  const time = clockTime(Date.parse(letter.answered_at ?? letter.at), i18n.language);
  return (
    <Stack gap={6} mt="lg">
      <Text fz="xs" fw={500} c="var(--db-green)" className={classes.answered}>
        <IconArrowBackUp size={14} stroke={1.75} aria-hidden /> {t("answered", { time })}
      </Text>
      <div className={classes.text} data-answer>
        {letter.answered}
      </div>
    </Stack>
  );
}
