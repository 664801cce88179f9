import { Anchor, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Coming as One } from "@/api/today";
import { KindIcon } from "@/ui/kinds";
import { Moment } from "@/ui/Moment";
import { Panel, PanelRow } from "@/ui/Panel";
import { useNow } from "@/ui/useNow";
import { when } from "@/ui/moments";
import { useWords } from "@/ui/words/useWords";

const SECOND = 1_000;

/** What goes out next, in the reader's zone; or what holds it. */
export function Coming({ coming }: { readonly coming: readonly One[] }) {
  const { t } = useTranslation("today");
  return (
    <Panel
      title={t("coming.title")}
      {...(coming.length === 0 && { link: { to: "/doctor", label: t("why") } })}
    >
      {coming.length === 0 && (
        <Text c="dimmed" py="xs">
          {t("coming.none")}
        </Text>
      )}
      {coming.map((one) => (
        <Row key={one.key} one={one} />
      ))}
    </Panel>
  );
}

function Row({ one }: { readonly one: One }) {
  const { word } = useWords();
  const { i18n } = useTranslation("today");
  const now = useNow(10 * SECOND);
  const at = Date.parse(one.at);
  const what = one.job_type === "" ? one.name || word("kind", one.kind) : word("jobType", one.job_type);
  return (
    <PanelRow>
      <Text span w={52} fz="sm" className="tabular" title={when(at, now, i18n)}>
        <Clock at={at} now={now} />
      </Text>
      <KindIcon kind={one.kind} jobType={one.job_type} />
      <Text flex={1} miw={0} truncate>
        {one.contact === null ? (
          what
        ) : (
          <Anchor
            component={Link}
            to={one.enrollment_id === null ? `/inbox/${one.contact.id}` : `/enrollments/${one.enrollment_id}`}
            inherit
            c="var(--db-text)"
          >
            {one.contact.name}
          </Anchor>
        )}
      </Text>
      <Text span c="dimmed" truncate maw={160}>
        {one.hold === "" ? what : word("hold", one.hold)}
      </Text>
    </PanelRow>
  );
}

function Clock({ at, now }: { readonly at: number; readonly now: number }) {
  const { i18n } = useTranslation();
  const isToday = new Date(at).toDateString() === new Date(now).toDateString();
  if (!isToday) return <Moment at={at} relative />;
  return new Intl.DateTimeFormat(i18n.language, {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).format(at);
}
