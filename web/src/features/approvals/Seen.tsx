import { Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { ApprovalDetail } from "@/api/approvals";
import { Moment } from "@/ui/Moment";
import classes from "./Draft.module.css";

/** What the agent wrote from: facts that it uses, the wish of a person, what was said so far. */
export function Seen({ detail }: { readonly detail: ApprovalDetail }) {
  const { t } = useTranslation("approvals");
  const { facts, note, conversation } = detail;
  return (
    <div className={classes.seen}>
      <Part title={t("seen.facts")}>
        {facts.length === 0 ? (
          <Text c="dimmed">{t("seen.noFacts")}</Text>
        ) : (
          <ul>
            {facts.map((fact) => (
              <li key={fact}>{fact}</li>
            ))}
          </ul>
        )}
      </Part>
      {note !== "" && (
        <Part title={t("seen.note")}>
          <Text className={classes.said ?? ""}>{note}</Text>
        </Part>
      )}
      <Part title={t("seen.conversation")}>
        {conversation.length === 0 && <Text c="dimmed">{t("seen.silent")}</Text>}
        {conversation.map((one, index) => (
          <div
            key={`${one.at}${String(index)}`}
            className={classes.message}
            data-theirs={one.by_contact || undefined}
          >
            <Text fz="xs" c="dimmed">
              {one.by_contact ? detail.contact.name : t("seen.ours")}
              {one.subject !== "" && ` · ${one.subject}`}
              {" · "}
              <Moment at={one.at} />
            </Text>
            <Text className={classes.said ?? ""} lineClamp={12}>
              {one.text}
            </Text>
          </div>
        ))}
      </Part>
      <Text fz="xs" c="dimmed">
        {t("seen.rule")}
      </Text>
    </div>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section>
      <Title order={3} fz="sm">
        {title}
      </Title>
      {children}
    </section>
  );
}
