import { Anchor, Button, Group, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { usePutAwayMail, useRetryMail, useSetAside } from "@/api/inboxMails";
import { Moment } from "@/ui/Moment";
import classes from "./Inbox.module.css";
import looks from "./Mail.module.css";

/** Mails that could not be processed: their fault, the mail as it came, another try. Nothing where there are none. */
export function SetAsideList() {
  const { t } = useTranslation("inbox");
  const { rows = [], hasMore, onMore } = useSetAside(true);
  const retry = useRetryMail(() => t("said.retried"));
  const away = usePutAwayMail(() => t("said.settled"));
  if (rows.length === 0) return null;
  return (
    <section aria-label={t("aside.title")} className={looks.aside}>
      <Group gap={6} wrap="nowrap">
        <IconAlertTriangle size={16} stroke={1.75} color="var(--db-rust)" aria-hidden />
        <Text fw={500}>{t("aside.title")}</Text>
      </Group>
      <Text c="dimmed" fz="sm">
        {t("aside.hint")}
      </Text>
      <ul className={classes.lines}>
        {rows.map((mail) => (
          <li key={mail.id} className={looks.poison}>
            <Group justify="space-between" wrap="nowrap">
              <Text fw={500} truncate>
                {mail.envelope_from || t("aside.nobody")}
              </Text>
              <Text fz="xs" c="dimmed" className={classes.moment}>
                <Moment at={mail.at} />
              </Text>
            </Group>
            <Text c="dimmed" lineClamp={3} className={looks.fault}>
              {mail.fault}
            </Text>
            <Group gap="sm" mt={6}>
              <Button
                size="xs"
                variant="default"
                onClick={() => {
                  retry.mutate(mail.id);
                }}
              >
                {t("aside.retry")}
              </Button>
              <Anchor href={`/api/set-aside-mails/${mail.id}/raw`} download fz="sm">
                {t("aside.raw")}
              </Anchor>
              <Button
                size="xs"
                variant="subtle"
                onClick={() => {
                  away.mutate(mail.id);
                }}
              >
                {t("give.ignore")}
              </Button>
            </Group>
          </li>
        ))}
      </ul>
      {hasMore && (
        <Button variant="subtle" size="xs" onClick={onMore}>
          {t("more")}
        </Button>
      )}
    </section>
  );
}
