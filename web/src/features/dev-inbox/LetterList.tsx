import { Button, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { NavLink } from "react-router";
import type { Letter } from "@/api/types";
import { clockTime } from "@/ui/time";
import { answerKey } from "./answers";
import classes from "./DevInbox.module.css";

interface LetterListProps {
  readonly items: readonly Letter[];
  readonly onMore: (() => void) | undefined;
}

/** The mails, each with who got it, its subject, and what its reader does with it. */
export function LetterList({ items, onMore }: LetterListProps) {
  const { t } = useTranslation("devInbox");
  return (
    <nav className={classes.list} aria-label={t("list")}>
      <Text fz="xs" lh="18px" c="dimmed" className={classes.hint}>
        {t("hint")}
      </Text>
      <ul className={classes.letters}>
        {items.map((letter) => (
          <LetterRow key={letter.id} letter={letter} />
        ))}
      </ul>
      {onMore !== undefined && (
        <Button variant="subtle" fullWidth onClick={onMore}>
          {t("older")}
        </Button>
      )}
    </nav>
  );
}

function LetterRow({ letter }: { readonly letter: Letter }) {
  const { t, i18n } = useTranslation("devInbox");
  return (
    <li>
      <NavLink to={`/dev-inbox/${letter.id}`} className={classes.letter ?? ""}>
        <span className={classes.top}>
          <b>{letter.recipient}</b>
          <time dateTime={letter.at}>{clockTime(Date.parse(letter.at), i18n.language)}</time>
        </span>
        <span className={classes.subject}>{letter.subject}</span>
        {letter.answer !== "" && (
          <span className={classes.answer} data-answer={letter.answer}>
            {t(answerKey(letter.answer))}
          </span>
        )}
      </NavLink>
    </li>
  );
}
