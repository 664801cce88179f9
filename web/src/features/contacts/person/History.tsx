import { Button, SegmentedControl, Skeleton, Stack, Text } from "@mantine/core";
import { IconClock } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import {
  type Coming,
  type ContactDetail,
  type Entry,
  type Tab,
  useComing,
  useTimeline,
} from "@/api/contacts";
import { timeOf, dayOf } from "@/ui/moments";
import { useNow } from "@/ui/useNow";
import { useUrlState } from "@/ui/useUrlState";
import { useWords } from "@/ui/words/useWords";
import { Line } from "./Line";
import classes from "./History.module.css";

const TABS: readonly Tab[] = ["everything", "messages", "calls", "decisions"];

/** Everything that happened with a person, newest first; on top what is planned. */
export function History({ contact }: { readonly contact: ContactDetail }) {
  const { t } = useTranslation("contacts");
  const [{ tab: chosen }, change] = useUrlState({ tab: "everything" });
  const tab = TABS.find((each) => each === chosen) ?? "everything";
  const { rows, hasMore, onMore, loading } = useTimeline(contact.id, tab);
  const planned = usePlanned(contact.id, tab === "everything");
  return (
    <>
      <SegmentedControl
        aria-label={t("history.label")}
        value={tab}
        data={TABS.map((value) => ({ value, label: t(`history.${value}`) }))}
        onChange={(value) => {
          change({ tab: value });
        }}
        style={{ alignSelf: "flex-start" }}
      />
      <div>
        {planned.next !== undefined && <Planned contact={contact} next={planned.next} />}
        {rows === undefined && <Waiting />}
        {rows?.length === 0 && (
          <Text c="dimmed" py="lg">
            {t("history.none")}
          </Text>
        )}
        {byDay(rows ?? []).map(([day, entries], index) => (
          <Day key={day} entries={entries} isNamed={index > 0 || day !== planned.day} />
        ))}
        {hasMore && (
          <Button variant="default" size="compact-sm" loading={loading} onClick={onMore} my="md" ml={40}>
            {t("history.more")}
          </Button>
        )}
      </div>
    </>
  );
}

function byDay(entries: readonly Entry[]): readonly (readonly [string, readonly Entry[]])[] {
  return [...Map.groupBy(entries, ({ at }) => new Date(at).toDateString())];
}

interface DayProps {
  readonly entries: readonly Entry[];
  /** The planned touch above stands on the same day, and says so. */
  readonly isNamed: boolean;
}

function Day({ entries, isNamed }: DayProps) {
  const { i18n } = useTranslation();
  const now = useNow(60_000);
  const [first] = entries;
  if (first === undefined) return null;
  const day = dayOf(Date.parse(first.at), now, i18n);
  return (
    <section aria-label={day}>
      {isNamed && <div className={classes.day}>{day}</div>}
      {entries.map((entry) => (
        <Line key={entry.id} entry={entry} />
      ))}
    </section>
  );
}

/** The next touch that has a time, and its day. */
function usePlanned(contactId: number, isShown: boolean) {
  const items = useComing(contactId).data?.items ?? [];
  const next = isShown ? items.find(({ at, hold }) => at !== null && hold === "") : undefined;
  return { next, day: next?.at == null ? "" : new Date(next.at).toDateString() };
}

interface PlannedProps {
  readonly contact: ContactDetail;
  readonly next: Coming;
}

function Planned({ contact, next }: PlannedProps) {
  const { t, i18n } = useTranslation("contacts");
  const { word } = useWords();
  const now = useNow(60_000);
  const at = Date.parse(next.at ?? "");
  return (
    <section aria-label={t("history.planned")}>
      <div className={classes.day}>{dayOf(at, now, i18n)}</div>
      <div className={classes.entry}>
        <span className={classes.mark} data-planned>
          <IconClock size={14} stroke={1.75} color="var(--db-accent-text)" aria-hidden />
        </span>
        <div>
          <div className={classes.title}>
            <span className={classes.what}>
              <Text span inherit fw={500}>
                {word(next.job_type === "" ? "kind" : "jobType", next.job_type || next.kind)}
              </Text>{" "}
              <Text span inherit c="dimmed">
                {t("history.isPlanned")}
              </Text>
            </span>
            <Text span inherit c="dimmed" className="tabular">
              {timeOf(at, i18n)}
            </Text>
          </div>
          <Text c="dimmed">
            {t("history.leaves", { sequence: next.sequence, name: contact.first_name || contact.name })}
          </Text>
        </div>
      </div>
    </section>
  );
}

function Waiting() {
  return (
    <Stack mt="lg" gap="lg">
      {[1, 2, 3].map((each) => (
        <Skeleton key={each} h={64} />
      ))}
    </Stack>
  );
}
