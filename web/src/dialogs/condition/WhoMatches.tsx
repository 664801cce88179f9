import { Skeleton } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { Trans, useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useMatches, type Matches } from "@/api/conditions";
import type { Condition } from "@/flow/condition";
import { isComplete, rulesOf } from "@/flow/rules";
import classes from "./Condition.module.css";
import { eventOf, isOfMessages } from "./fields";

const TYPING = 400;
/** Beside a step there is little room. */
const FEW = { flow: 3, contacts: 10 };

interface WhoMatchesProps {
  readonly condition: Condition;
  /** It may ask for messages of an enrollment that has not begun. */
  readonly isOfFlow: boolean;
}

/** How many people a condition holds for now, and a few of them. */
export function WhoMatches({ condition, isOfFlow }: WhoMatchesProps) {
  const { t } = useTranslation("conditions");
  const rules = rulesOf(condition);
  const isWhole = rules.every(({ rule }) => isComplete(rule));
  const ofFlow = isOfFlow && rules.some(({ rule }) => isOfMessage(rule.field));
  const [asked] = useDebouncedValue(condition, TYPING);
  const { data, isError } = useMatches({ ...asked }, rules.length > 0 && isWhole && !ofFlow);
  if (rules.length === 0 || isError) return null;
  return (
    <div className={classes.matches} aria-live="polite">
      {said()}
    </div>
  );

  function said() {
    // Before anybody is enrolled, no message of the enrollment can have been answered.
    if (ofFlow) return t("matches.flowOnly");
    if (!isWhole) return t("matches.incomplete");
    if (data === undefined) return <Skeleton height={12} width={180} aria-label={t("matches.loading")} />;
    return <Counted matches={data} few={isOfFlow ? FEW.flow : FEW.contacts} />;
  }
}

function isOfMessage(field: string): boolean {
  const event = eventOf(field);
  return event !== undefined && isOfMessages(event);
}

interface CountedProps {
  readonly matches: Matches;
  /** How many are named. */
  readonly few: number;
}

function Counted({ matches: { count, is_more, examples }, few }: CountedProps) {
  const { t, i18n } = useTranslation("conditions");
  if (count === null) return t("matches.incomplete");
  if (count === 0) return t("matches.none");
  const written = new Intl.NumberFormat(i18n.language).format(count);
  return (
    <>
      <span>
        <Trans
          t={t}
          i18nKey={is_more ? "matches.more" : "matches.count"}
          count={count}
          values={{ written }}
          components={{ b: <b style={{ color: "var(--db-text)" }} /> }}
        />
      </span>
      {examples.slice(0, few).map(({ id, name, email }) => (
        <Link key={id} to={`/contacts/${id}`} className={classes.example}>
          {name || email}
        </Link>
      ))}
      {count > few && "…"}
    </>
  );
}
