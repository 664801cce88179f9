import { Anchor, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { type Coming, type ContactDetail, useComing } from "@/api/contacts";
import { KindIcon } from "@/ui/kinds";
import { Moment } from "@/ui/Moment";
import { Panel } from "@/ui/Panel";
import { useWords } from "@/ui/words/useWords";
import classes from "./Person.module.css";

const SHOWN = 6;

/** What this person gets next over all sequences, and who else at the company hears from us. */
export function NextTouches({ contact }: { readonly contact: ContactDetail }) {
  const { t } = useTranslation("contacts");
  const { data } = useComing(contact.id);
  const soon = data?.colleagues.filter(({ at }) => at !== null) ?? [];
  if (data === undefined || (data.items.length === 0 && soon.length === 0)) return null;
  return (
    <Panel title={t("next.title")}>
      <Text c="dimmed" pb="xs">
        {t("next.hint")}
      </Text>
      {data.items.slice(0, SHOWN).map((item) => (
        <Line key={`${item.enrollment_id}-${item.step}`} item={item} zone={contact.time_zone} />
      ))}
      {soon.map(({ id, name, at }) => (
        <div key={id} className={classes.warning}>
          <IconAlertTriangle
            size={16}
            stroke={1.75}
            color="var(--db-amber)"
            aria-hidden
            style={{ flex: "none" }}
          />
          <Text inherit>
            <Anchor component={Link} to={`/contacts/${id}`} inherit>
              {name}
            </Anchor>
            {t("next.colleague")} {at !== null && <Moment at={at} />}
          </Text>
        </div>
      ))}
    </Panel>
  );
}

interface LineProps {
  readonly item: Coming;
  readonly zone: string;
}

function Line({ item, zone }: LineProps) {
  const { t } = useTranslation("contacts");
  const { word } = useWords();
  const waits = ["paused", "blocked", "pending_review"].includes(item.hold);
  return (
    <div className={classes.line} title={item.sequence}>
      <KindIcon kind={item.kind} jobType={item.job_type} />
      <Text fw={500} flex={1} miw={0} truncate>
        {item.at === null ? t("next.unknown") : <Moment at={item.at} zone={zone} />}
      </Text>
      <Text c="dimmed" truncate>
        {waits
          ? word("state", item.hold)
          : word(item.job_type === "" ? "kind" : "jobType", item.job_type || item.kind)}
      </Text>
    </div>
  );
}
