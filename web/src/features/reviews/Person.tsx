import { Anchor, Button, Group, Kbd, Text, Title } from "@mantine/core";
import { IconCheck, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Review } from "@/api/reviews";
import { PersonHead } from "@/dialogs/drafts/PersonHead";
import { BeatStrip } from "@/ui/BeatStrip";
import { Moment } from "@/ui/Moment";
import { dayOf } from "@/ui/moments";
import { useNow } from "@/ui/useNow";
import { useWords } from "@/ui/words/useWords";
import { Letter } from "./Letter";
import classes from "./Reviews.module.css";
import type { Desk } from "./useDesk";
import { firstOf } from "./view";

interface PersonProps {
  readonly row: Review;
  readonly desk: Desk;
}

/** One who waits: why they are here, what would happen, what would leave first; and the yes or no. */
export function Person({ row, desk }: PersonProps) {
  return (
    <>
      <Head row={row} desk={desk} />
      <div className={classes.body}>
        <Why row={row} />
        <Plan row={row} />
        <Coming row={row} />
      </div>
      {desk.mayDecide && desk.chosen.length === 0 && <Acts row={row} desk={desk} />}
    </>
  );
}

function Head({ row: { contact }, desk }: PersonProps) {
  return (
    <PersonHead
      contact={contact}
      onBack={() => {
        desk.show(undefined);
      }}
    >
      <Text c="dimmed" truncate>
        {contact.email}
      </Text>
    </PersonHead>
  );
}

const SOURCES = ["manual", "api", "import"] as const;

function Why({ row }: { readonly row: Review }) {
  const { t } = useTranslation("reviews");
  const person = row.contact.name;
  const known = SOURCES.find((each) => each === row.source);
  const source = row.source.startsWith("flow:")
    ? t("why.source.flow")
    : known === undefined
      ? t("why.source.other", { source: row.source })
      : t(`why.source.${known}`);
  const who =
    row.enrolled_by === "" ? t("why.nobody", { person }) : t("why.by", { name: row.enrolled_by, person });
  return (
    <section>
      <Title order={3} fz="sm">
        {t("why.title")}
      </Title>
      <Text c="dimmed">
        {who} {source}, <Moment at={row.asked_at} />
      </Text>
    </section>
  );
}

/** The rhythm that would begin. */
function Plan({ row }: { readonly row: Review }) {
  const { t } = useTranslation("reviews");
  const { word } = useWords();
  const last = Math.ceil(row.strip.at(-1)?.day ?? 0);
  const nameOf = ({ kind, job_type: job }: Review["strip"][number]) =>
    job === "" ? word("kind", kind) : word("jobType", job);
  const label = row.strip.map((mark) => t("plan.mark", { kind: nameOf(mark), day: Math.floor(mark.day) }));
  if (row.strip.length === 0) return null;
  return (
    <section>
      <Group gap="sm" justify="space-between" wrap="nowrap">
        <Title order={3} fz="sm">
          {row.sequence}
          <Text span inherit fw={400} c="dimmed">
            {" · "}
            {t("plan.title", {
              count: row.strip.length,
              days: t("plan.days", { count: Math.max(1, last) }),
            })}
          </Text>
        </Title>
        <Anchor component={Link} to={`/sequences/${row.sequence_id}`} className={classes.when ?? ""}>
          {t("plan.open")}
        </Anchor>
      </Group>
      <div className={classes.strip}>
        <BeatStrip
          size="small"
          numbered
          label={label.join(", ")}
          marks={row.strip.map(({ day, kind, job_type: jobType }) => ({ day, kind, jobType }))}
        />
      </div>
    </section>
  );
}

const DAY = 86_400_000;
const MINUTE = 60_000;

function Coming({ row }: { readonly row: Review }) {
  const { t, i18n } = useTranslation("reviews");
  const now = useNow(MINUTE);
  const first = firstOf(row);
  if (first === undefined) return null;
  return (
    <section>
      <Title order={3} fz="sm">
        {t("message.title")}
      </Title>
      <Text c="dimmed">
        {!first.isSure && `${t("way")} `}
        {t("earliest", { day: dayOf(now + first.day * DAY, now, i18n) })}
      </Text>
      <Letter row={row} step={first.step} />
    </section>
  );
}

function Acts({ row, desk }: PersonProps) {
  const { t } = useTranslation("reviews");
  return (
    <footer className={classes.acts}>
      <Button
        leftSection={<IconCheck size={16} aria-hidden />}
        rightSection={<Key name="a" />}
        onClick={() => {
          desk.decide("approve", [row]);
        }}
      >
        {t("approve")}
      </Button>
      <Button
        variant="default"
        leftSection={<IconX size={16} color="var(--db-red)" aria-hidden />}
        rightSection={<Key name="r" />}
        onClick={() => {
          desk.decide("reject", [row]);
        }}
      >
        {t("reject")}
      </Button>
    </footer>
  );
}

function Key({ name }: { readonly name: string }) {
  return (
    <Kbd size="xs" visibleFrom="md" aria-hidden className={classes.key ?? ""}>
      {name}
    </Kbd>
  );
}
