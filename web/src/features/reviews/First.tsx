import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Review } from "@/api/reviews";
import { KindIcon } from "@/ui/kinds";
import { useWords } from "@/ui/words/useWords";
import { firstOf, waitOf } from "./view";
import classes from "./Reviews.module.css";

interface FirstProps {
  readonly row: Review;
  /** The name of the sequence, where the list is over several. */
  readonly within?: string;
}

/** What comes first for somebody, and how long after the yes. */
export function First({ row, within }: FirstProps) {
  const { t } = useTranslation("reviews");
  const { word } = useWords();
  const first = firstOf(row);
  if (first === undefined) return <span>{t("first.none")}</span>;
  const wait = waitOf(first);
  const name = first.job_type === "" ? word("kind", first.kind) : word("jobType", first.job_type);
  return (
    <span className={classes.first}>
      <KindIcon kind={first.kind} jobType={first.job_type} />
      <Text span inherit truncate>
        {name}, {wait.unit === "atOnce" ? t("first.atOnce") : t(`first.${wait.unit}`, { count: wait.count })}
        {within !== undefined && ` · ${within}`}
      </Text>
    </span>
  );
}
