import { Group, Switch, Text, VisuallyHidden } from "@mantine/core";
import { IconLock, IconStarFilled } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { SequenceCard } from "@/api/sequences";
import { Avatar } from "@/ui/Avatar";
import { marksOf } from "../rhythm/marks";
import { Rhythm } from "../rhythm/Rhythm";
import { rhythmWords } from "../rhythm/words";
import { Status } from "../Status";
import classes from "./Card.module.css";
import { CardMenu, type CardAct } from "./CardMenu";
import { HealthLine } from "./HealthLine";
import { RateMark } from "./RateMark";

interface CardProps {
  readonly card: SequenceCard;
  readonly mostRate: number;
  readonly rights: readonly string[];
  readonly onSwitch: (on: boolean) => void;
  readonly onAct: (act: CardAct) => void;
}

/** A sequence in the overview: who, rhythm, numbers, health. */
export function Card({ card, mostRate, rights, onSwitch, onAct }: CardProps) {
  return (
    <article className={classes.card} data-card>
      <Head card={card} rights={rights} onSwitch={onSwitch} />
      <Who card={card} />
      <div className={classes.rhythm}>
        <Rhythm marks={marksOf(card.rhythm)} />
      </div>
      <Numbers card={card} mostRate={mostRate} />
      <div className={classes.health}>
        <HealthLine card={card} />
        <CardMenu card={card} rights={rights} onAct={onAct} />
      </div>
    </article>
  );
}

function Head({ card, rights, onSwitch }: Pick<CardProps, "card" | "rights" | "onSwitch">) {
  const { t } = useTranslation("sequences");
  const canSwitch = card.status === "active" || card.status === "paused";
  return (
    <Group gap="sm" wrap="nowrap" mih={24}>
      <Link
        to={`/sequences/${card.id}`}
        className={classes.name}
        data-card-link
        title={card.description || card.name}
      >
        {card.name}
      </Link>
      {card.is_default && (
        <IconStarFilled size={14} color="var(--db-accent-text)" aria-label={t("default.is")} role="img">
          <title>{t("default.is")}</title>
        </IconStarFilled>
      )}
      {card.guarded && (
        <IconLock
          size={14}
          stroke={1.75}
          color="var(--db-text-3)"
          aria-label={t("lock.guarded")}
          role="img"
        />
      )}
      <Group gap="sm" wrap="nowrap" ml="auto">
        <Status status={card.status} />
        {canSwitch && (
          <Switch
            size="xs"
            withThumbIndicator={false}
            checked={card.status === "active"}
            disabled={!rights.includes("sequences.edit")}
            aria-label={t("card.switch", { name: card.name })}
            onChange={(event) => {
              onSwitch(event.currentTarget.checked);
            }}
          />
        )}
      </Group>
    </Group>
  );
}

function Who({ card }: Pick<CardProps, "card">) {
  const { t } = useTranslation("sequences");
  return (
    <Group gap={6} wrap="nowrap" mt={6}>
      {card.owner && <Avatar name={card.owner.name} size={22} />}
      <Text fz="xs" c="dimmed" truncate className="tabular">
        {[card.owner?.name ?? t("card.nobody"), rhythmWords(t, card.rhythm)].join(" · ")}
      </Text>
      {card.tags.length > 0 && (
        <Text fz="xs" c="var(--db-text-3)" truncate ml="auto" maw="40%" title={card.tags.join(", ")}>
          {card.tags.map((tag) => `#${tag}`).join(" ")}
        </Text>
      )}
    </Group>
  );
}

const COUNTS = ["active", "paused", "completed", "unenrolled"] as const;

function Numbers({ card, mostRate }: Pick<CardProps, "card" | "mostRate">) {
  const { t, i18n } = useTranslation("sequences");
  const isNew = COUNTS.every((name) => card.counts[name] === 0);
  if (isNew) {
    return (
      <div className={classes.numbers} style={{ alignItems: "center" }}>
        <Text fz="xs" c="dimmed">
          {t("card.nobodyYet")}
        </Text>
      </div>
    );
  }
  return (
    <dl className={classes.numbers}>
      {COUNTS.map((name) => (
        <div key={name}>
          <dd data-lead={(name === "active" && card.counts[name] > 0) || undefined}>
            <VisuallyHidden>{t(`counts.${name}`)} </VisuallyHidden>
            {new Intl.NumberFormat(i18n.language).format(card.counts[name])}
          </dd>
          <dt aria-hidden>{t(`counts.${name}`)}</dt>
        </div>
      ))}
      <RateMark {...card.reach} most={mostRate} />
    </dl>
  );
}
