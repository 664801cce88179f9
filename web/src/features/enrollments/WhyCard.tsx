import { Box, Group, Skeleton, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useWhy, type Why, type WhyLine } from "@/api/enrollments";
import { StateLabel } from "@/ui/StateLabel";
import { dayTime } from "@/ui/time";
import { when } from "@/ui/moments";
import { useNow } from "@/ui/useNow";
import { useWords } from "@/ui/words/useWords";
import { WhyActs } from "./WhyActs";
import classes from "./WhyCard.module.css";
import { useLineWords } from "./words";

const MOST = 7;
const MINUTE = 60_000;

interface WhyCardProps {
  readonly id: number;
  /** The page has its filled button elsewhere. */
  readonly quiet?: boolean;
}

/** The facts in time order, what happens by itself, what a person can do. */
export function WhyCard({ id, quiet = false }: WhyCardProps) {
  const { data: why } = useWhy(id);
  if (why === undefined) return <Skeleton height={180} />;
  return (
    <Stack gap="sm">
      <StateLabel state={why.state} reason={why.reason} />
      <Facts why={why} />
      <WhyActs why={why} quiet={quiet} />
    </Stack>
  );
}

function Facts({ why }: { readonly why: Why }) {
  const { t } = useTranslation("enrollments");
  const shown = why.lines.slice(-MOST);
  return (
    <Box component="ol" className={classes.facts}>
      {shown.length === 0 && (
        <Text component="li" c="dimmed">
          {t("why.nothing")}
        </Text>
      )}
      {shown.map((line, index) => (
        <Fact key={index} line={line} isLast={index === shown.length - 1 && why.state === "blocked"} />
      ))}
      {(why.hold !== "" || why.sender_trouble !== "") && <Held why={why} />}
      <Then why={why} />
    </Box>
  );
}

function Fact({ line, isLast }: { readonly line: WhyLine; readonly isLast: boolean }) {
  const { t, i18n } = useTranslation("enrollments");
  const say = useLineWords();
  const title = line.read.length > 0 ? t("why.read", { fields: line.read.join(", ") }) : undefined;
  return (
    <li
      className={classes.fact}
      data-tone={isLast || line.rule === "failed" ? "red" : undefined}
      title={title}
    >
      <time className="tabular">{dayTime(Date.parse(line.at), i18n.language)}</time>
      <span>{say(line)}</span>
    </li>
  );
}

function Held({ why }: { readonly why: Why }) {
  const { t } = useTranslation("enrollments");
  const { word } = useWords();
  const isSender = why.hold === "sender_down" || why.reason === "sender_unavailable";
  if (why.hold === "" && !isSender) return null;
  return (
    <li className={classes.fact} data-tone="red">
      <span>{t("next.held")}</span>
      <span>
        {why.hold !== "" && word("hold", why.hold)}
        {isSender && <Trouble why={why} />}
      </span>
    </li>
  );
}

function Trouble({ why }: { readonly why: Why }) {
  const { t } = useTranslation("enrollments");
  if (why.sender_trouble === "") return null;
  return (
    <Text component="div" inherit c="dimmed" lineClamp={3}>
      {t("why.trouble", { sender: why.sender?.address ?? "", text: why.sender_trouble })}
    </Text>
  );
}

const WAITS_FOR_A_PERSON = new Set(["pending_review", "paused", "blocked"]);

function Then({ why }: { readonly why: Why }) {
  const { t, i18n } = useTranslation("enrollments");
  const now = useNow(MINUTE);
  const at = why.next_at === null ? undefined : Date.parse(why.next_at);
  const says = () => {
    if (why.state === "finished") return t("why.ended");
    if (at !== undefined) return t("why.itselfAt", { at: when(at, now, i18n) });
    return WAITS_FOR_A_PERSON.has(why.state) ? t("why.person") : t("why.itself");
  };
  return (
    <li className={classes.fact} data-tone="open">
      <span>{t("why.then")}</span>
      <Group gap={6} component="span">
        {says()}
      </Group>
    </li>
  );
}
