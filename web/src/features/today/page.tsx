import { Box, Button, Kbd, Skeleton, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { useSession } from "@/api/session";
import { type Today, useToday } from "@/api/today";
import { EmptyRoom } from "@/ui/EmptyRoom";
import { useKeys } from "@/ui/keys";
import { Room } from "@/ui/Room";
import { localeOf } from "@/ui/time";
import { Beat } from "./Beat";
import { Coming } from "./Coming";
import { Problems } from "./Problems";
import { Gathered, Replies, Tasks } from "./Lists";
import classes from "./Today.module.css";

/** The day: who waits for an answer, what is to do, what is wrong, what goes out by itself. */
export function Component() {
  const { i18n } = useTranslation("today");
  const { data: today } = useToday();
  const day = new Intl.DateTimeFormat(localeOf(i18n.language), {
    weekday: "long",
    day: "numeric",
    month: "long",
  }).format(today === undefined ? new Date() : Date.parse(today.now));
  return (
    <Room
      title={day}
      meta={today && <Greeting today={today} />}
      actions={today && <First today={today} />}
      padded
    >
      {today === undefined ? <Waiting /> : <Day today={today} />}
    </Room>
  );
}

function Day({ today }: { readonly today: Today }) {
  const { t } = useTranslation("today");
  const nothing = wants(today) === 0;
  return (
    <Stack gap="lg">
      <Beat today={today} />
      <div className={classes.columns} data-problems={today.problems.length > 0 || undefined}>
        <Stack gap="lg" className={classes.main}>
          {nothing && <EmptyRoom title={t("empty.title")} hint={t("empty.hint")} />}
          {today.reply_count > 0 && <Replies today={today} />}
          {today.approval_count > 0 && <Gathered room="approvals" count={today.approval_count} />}
          {today.review_count > 0 && <Gathered room="reviews" count={today.review_count} />}
          {today.task_count > 0 && <Tasks today={today} />}
        </Stack>
        {today.problems.length > 0 && (
          <Box className={classes.problems}>
            <Problems problems={today.problems} />
          </Box>
        )}
        <Box className={classes.side}>
          <Coming coming={today.next} />
        </Box>
      </div>
    </Stack>
  );
}

/** How many things want a person. */
function wants(today: Today): number {
  return (
    today.reply_count + today.approval_count + today.task_count + today.review_count + today.problems.length
  );
}

const NOON = 12;
const EVENING = 18;

function Greeting({ today }: { readonly today: Today }) {
  const { t } = useTranslation("today");
  const name = useSession().data?.name.split(" ")[0] ?? "";
  const hour = new Date(today.now).getHours();
  const part = hour < NOON ? "morning" : hour < EVENING ? "afternoon" : "evening";
  return `${t(`greeting.${part}`, { name })} ${t("wants", { count: wants(today) })}`;
}

/** Straight to what is most urgent. */
function First({ today }: { readonly today: Today }) {
  const { t } = useTranslation("today");
  const navigate = useNavigate();
  const to = firstOf(today);
  const go = () => {
    if (to !== undefined) void navigate(to);
  };
  useKeys(t("title"), [{ keys: "Enter", label: t("key.first"), act: go }], { enabled: to !== undefined });
  if (to === undefined) return null;
  return (
    <Button onClick={go} rightSection={<Kbd size="xs">Enter</Kbd>} visibleFrom="sm">
      <Text span inherit>
        {t("first")}
      </Text>
    </Button>
  );
}

function firstOf({ replies, tasks }: Today): string | undefined {
  const [reply] = replies;
  const [task] = tasks;
  if (reply !== undefined) return `/inbox/${reply.contact.id}`;
  return task === undefined ? undefined : `/tasks/${task.id}`;
}

function Waiting() {
  return (
    <Stack gap="lg">
      <Skeleton height={150} radius="lg" />
      <div className={classes.columns}>
        <Skeleton height={280} radius="lg" className={classes.main ?? ""} />
        <Skeleton height={420} radius="lg" className={classes.side ?? ""} />
      </div>
    </Stack>
  );
}
