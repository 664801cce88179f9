import { Anchor, Skeleton } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useMemo } from "react";
import { Trans, useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useMatches, type Matches } from "@/api/conditions";
import { useFlowNames } from "@/api/flowNames";
import type { Condition } from "@/flow/condition";
import { isComplete, isRule, joinOf, rulesOf } from "@/flow/rules";
import classes from "./Condition.module.css";
import { eventOf, isOfMessages } from "./fields";
import { conditionWords } from "./words";

const TYPING = 400;

interface WhoMatchesProps {
  readonly condition: Condition;
  /** It may ask for messages of an enrollment that has not begun. */
  readonly isOfFlow: boolean;
}

/** How many people a condition holds for now, and a few of them; or why it holds for nobody. */
export function WhoMatches({ condition, isOfFlow }: WhoMatchesProps) {
  const { t } = useTranslation("conditions");
  const counted = useMemo(() => (isOfFlow ? withoutMessages(condition) : condition), [condition, isOfFlow]);
  const isWhole = rulesOf(counted ?? condition).every(({ rule }) => isComplete(rule));
  const [asked] = useDebouncedValue(counted, TYPING);
  const isAsked = asked !== undefined && rulesOf(asked).length > 0 && isWhole;
  const { data, isError, isPlaceholderData } = useMatches({ ...asked }, isAsked);
  if (rulesOf(condition).length === 0 || isError) return null;
  return (
    <div className={classes.matches} aria-live="polite">
      {said()}
    </div>
  );

  function said() {
    // Before anybody is enrolled, no message of the enrollment can have been answered.
    if (counted === undefined) return t("matches.flowOnly");
    if (!isWhole) return t("matches.incomplete");
    if (!isAsked || isUnknown(data, isPlaceholderData)) {
      return <Skeleton height={12} width={180} aria-label={t("matches.loading")} />;
    }
    return (
      <>
        <Counted matches={data} condition={asked} />
        {counted !== condition && <span>{t("matches.others")}</span>}
      </>
    );
  }
}

/** Return what can be counted before anybody is enrolled: undefined where nothing of it stands for itself. */
export function withoutMessages(condition: Condition): Condition | undefined {
  const rules = condition.rules ?? [];
  const own = rules.filter((entry) => {
    const within = isRule(entry) ? [entry] : rulesOf(entry).map(({ rule }) => rule);
    return !within.some(({ field }) => isOfMessage(field));
  });
  if (own.length === rules.length) return condition;
  return joinOf(condition) === "all" && own.length > 0 ? { ...condition, rules: own } : undefined;
}

/** Why nobody fitted a condition says nothing of the next one. */
function isUnknown(matches: Matches | undefined, isOfBefore: boolean): matches is undefined {
  return matches === undefined || (isOfBefore && matches.count === 0);
}

function isOfMessage(field: string): boolean {
  const event = eventOf(field);
  return event !== undefined && isOfMessages(event);
}

interface CountedProps {
  readonly matches: Matches;
  readonly condition: Condition;
}

function Counted({ matches, condition }: CountedProps) {
  const { t, i18n } = useTranslation("conditions");
  const { count, is_more, examples } = matches;
  if (count === null) return t("matches.incomplete");
  if (count === 0) return <WhyNobody matches={matches} condition={condition} />;
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
      {examples.map(({ id, name, email, company }) => (
        <Link
          key={id}
          to={`/contacts/${id}`}
          className={classes.example}
          title={[email, company].filter(Boolean).join(" · ")}
        >
          {name || email || `#${id}`}
        </Link>
      ))}
      {count > examples.length && "…"}
    </>
  );
}

/** Nobody fits: which rule shuts everybody out, or that it is all of them together. */
function WhyNobody({ matches: { unmet, has_contacts }, condition }: CountedProps) {
  const { t } = useTranslation("conditions");
  const { fields } = useFlowNames();
  if (!has_contacts) {
    return (
      <Trans
        t={t}
        i18nKey="matches.noContacts"
        components={{ add: <Anchor component={Link} to="/contacts" inherit underline="always" /> }}
      />
    );
  }
  const rules = condition.rules ?? [];
  const shutting = unmet.flatMap((place) => rules[place] ?? []);
  if (shutting.length > 0) {
    const which = shutting.map((entry) => conditionWords(t, { rules: [entry] }, { fields }));
    return t("matches.unmet", { count: which.length, rules: which.join("; ") });
  }
  return t(rules.length > 1 && joinOf(condition) === "all" ? "matches.notTogether" : "matches.none");
}
