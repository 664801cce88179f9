import { Button, Group, Text } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Unmatched, useSettleUnmatched, useUnmatched } from "@/api/inboxMails";
import { useMay } from "@/api/session";
import { EmptyRoom } from "@/ui/EmptyRoom";
import { Moment } from "@/ui/Moment";
import classes from "./Inbox.module.css";
import { SetAsideList } from "./SetAsideList";

const GiveDialog = lazy(() => import("./GiveDialog"));

/** Mail that belongs to no contact: given to one, made one of, or put away. */
export function UnmatchedList() {
  const { t } = useTranslation("inbox");
  const { rows, hasMore, onMore } = useUnmatched(true);
  const may = useMay();
  const [given, setGiven] = useState<Unmatched>();
  return (
    <>
      {may("settings.edit") && <SetAsideList />}
      {rows?.length === 0 && <EmptyRoom title={t("emptyUnmatched.title")} hint={t("emptyUnmatched.hint")} />}
      <ul className={classes.lines}>
        {rows?.map((mail) => (
          <Stranger
            key={mail.id}
            mail={mail}
            onGive={() => {
              setGiven(mail);
            }}
          />
        ))}
      </ul>
      {hasMore && (
        <Button variant="subtle" fullWidth onClick={onMore}>
          {t("more")}
        </Button>
      )}
      {given !== undefined && (
        <Suspense>
          <GiveDialog
            mail={given}
            onClose={() => {
              setGiven(undefined);
            }}
          />
        </Suspense>
      )}
    </>
  );
}

interface StrangerProps {
  readonly mail: Unmatched;
  readonly onGive: () => void;
}

function Stranger({ mail, onGive }: StrangerProps) {
  const { t } = useTranslation("inbox");
  const may = useMay()("contacts.edit");
  const settle = useSettleUnmatched(() => t("said.settled"));
  return (
    <li className={classes.stranger}>
      <Group justify="space-between" wrap="nowrap">
        <Text fw={500} truncate>
          {mail.from_address}
        </Text>
        <Text fz="xs" c="dimmed" className={classes.moment}>
          <Moment at={mail.at} />
        </Text>
      </Group>
      <Text fw={500} truncate>
        {mail.subject}
      </Text>
      <Text c="dimmed" lineClamp={4}>
        {mail.text}
      </Text>
      {may && (
        <Group gap="sm" mt={6}>
          <Button size="xs" variant="default" onClick={onGive}>
            {t("give.act")}
          </Button>
          <Button
            size="xs"
            variant="subtle"
            onClick={() => {
              settle.mutate([mail.id]);
            }}
          >
            {t("give.ignore")}
          </Button>
        </Group>
      )}
    </li>
  );
}
