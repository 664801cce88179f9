import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Sender } from "@/api/senders";
import { Panel } from "@/ui/Panel";
import { useHours } from "./hours";
import classes from "./Senders.module.css";
import { warmWords } from "./warmWords";

type Fact = readonly [string, string];

/** What was set, as facts. */
export function SenderSettings({ sender }: { readonly sender: Sender }) {
  const { t } = useTranslation("senders");
  const hours = useHours();
  const facts: readonly Fact[] = [
    [t("form.address"), sender.address],
    [t("form.replyTo"), sender.reply_to],
    ...useWay(sender),
    [t("column.hours"), `${hours(sender)} ${t("hours.zone", { zone: sender.zone })}`],
    [t("form.perDay"), sender.cap_per_day === null ? t("form.noCap") : String(sender.cap_per_day)],
    [t("warm.fact"), warmWords(t, sender)],
    [t("form.signature"), sender.signature],
  ];
  return (
    <Panel title={t("form.mailbox")}>
      <dl className={classes.facts}>
        {facts
          .filter(([, value]) => value !== "")
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      {sender.host_trusted && (
        <Text fz="xs" c="dimmed">
          {t("form.trusted")}
        </Text>
      )}
    </Panel>
  );
}

/** By which server or provider it sends. */
function useWay({ account, host, port, security, username }: Sender): readonly Fact[] {
  const { t } = useTranslation("senders");
  if (account !== null) {
    const options = Object.entries(account.options).map(([name, value]): Fact => [
      t(`field.${name}` as "field.region", { defaultValue: name }),
      value,
    ]);
    return [[t("way.fact"), account.title], ...options];
  }
  return [
    [t("form.host"), host === "" ? "" : `${host}:${port}`],
    [t("form.security"), security === "" ? "" : t(`security.${security}` as "security.tls")],
    [t("form.username"), username],
  ];
}
