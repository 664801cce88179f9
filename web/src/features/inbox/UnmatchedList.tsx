import { Button, Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useSettleUnmatched, useUnmatched } from "@/api/inbox";
import { EmptyRoom } from "@/ui/EmptyRoom";
import { Moment } from "@/ui/Moment";
import classes from "./Inbox.module.css";

/** Mail that belongs to no contact: read, and put away. */
export function UnmatchedList() {
  const { t } = useTranslation("inbox");
  const { rows, hasMore, onMore } = useUnmatched(true);
  const settle = useSettleUnmatched(() => t("said.settled"));
  if (rows?.length === 0)
    return <EmptyRoom title={t("emptyUnmatched.title")} hint={t("emptyUnmatched.hint")} />;
  return (
    <ul className={classes.lines}>
      {rows?.map((mail) => (
        <li key={mail.id} className={classes.stranger}>
          <Group justify="space-between" wrap="nowrap">
            <Text fw={500} truncate>
              {mail.from_address}
            </Text>
            <Text fz="xs" c="dimmed">
              <Moment at={mail.at} />
            </Text>
          </Group>
          <Text fw={500} truncate>
            {mail.subject}
          </Text>
          <Text c="dimmed" lineClamp={4}>
            {mail.text}
          </Text>
          <Button
            size="xs"
            variant="default"
            mt={6}
            onClick={() => {
              settle.mutate([mail.id]);
            }}
          >
            {t("done")}
          </Button>
        </li>
      ))}
      {hasMore && (
        <Button variant="subtle" fullWidth onClick={onMore}>
          {t("more")}
        </Button>
      )}
    </ul>
  );
}
