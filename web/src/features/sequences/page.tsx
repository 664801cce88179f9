import { Button, Group, Skeleton, Stack, Text } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import {
  useCreateSequence,
  useSequenceCards,
  useSequenceTotals,
  useTemplates,
  type NewSequence,
} from "@/api/sequences";
import { useSession } from "@/api/session";
import { EmptyRoom } from "@/ui/EmptyRoom";
import { useKeys } from "@/ui/keys";
import { Room } from "@/ui/Room";
import { CardList } from "./overview/CardList";
import classes from "./overview/Card.module.css";
import { CreateDialog } from "./overview/CreateDialog";
import { Filters } from "./overview/Filters";
import { Templates } from "./overview/Templates";
import { useView } from "./overview/useView";
import { problemText } from "./problemText";

/** The sequences of the workspace as cards, and what a new one can begin with. */
export function Component() {
  const { t, i18n } = useTranslation("sequences");
  const [view, change] = useView();
  const totals = useSequenceTotals().data;
  const cards = useSequenceCards(view);
  const shown = cards.rows;
  const rights = useSession().data?.rights ?? [];
  const create = useCreation();
  const count = (number: number) => new Intl.NumberFormat(i18n.language).format(number);
  const isEmpty = totals !== undefined && Object.values(totals.by_status).every((each) => each === 0);
  const mayCreate = rights.includes("sequences.create");
  return (
    <Room
      padded
      title={t("title")}
      {...(totals && {
        meta: t("overview.meta", { active: count(totals.people_active), sent: count(totals.sent_today) }),
      })}
      actions={
        mayCreate && (
          <Button leftSection={<IconPlus size={16} />} onClick={create.open}>
            {t("create.title")}
          </Button>
        )
      }
    >
      {!isEmpty && <Filters view={view} totals={totals} onChange={change} />}
      <Stack gap={28}>
        {isEmpty && <EmptyRoom title={t("empty.title")} hint={t("empty.hint")} />}
        {shown === undefined ? <Waiting /> : <CardList cards={shown} rights={rights} />}
        {!isEmpty && shown?.length === 0 && <Text c="dimmed">{t("overview.nothing")}</Text>}
        {cards.hasMore && (
          <Group justify="center">
            <Button variant="default" loading={cards.loading} onClick={cards.onMore}>
              {t("overview.more")}
            </Button>
          </Group>
        )}
        {mayCreate && create.templates}
      </Stack>
      {create.dialog}
    </Room>
  );
}

/** Make a sequence, empty or from a template, and go there. */
function useCreation() {
  const { t } = useTranslation("sequences");
  const navigate = useNavigate();
  const templates = useTemplates().data ?? [];
  const create = useCreateSequence();
  const [asking, setAsking] = useState(false);
  const make = (body: Pick<NewSequence, "name"> & Partial<NewSequence>) => {
    create.mutate({ description: "", ...body }, { onSuccess: ({ id }) => void navigate(`/sequences/${id}`) });
  };
  const open = () => {
    create.reset();
    setAsking(true);
  };
  useKeys(t("title"), [{ keys: "n", label: t("create.title"), act: open }]);
  return {
    open,
    templates: templates.length > 0 && (
      <Templates
        templates={templates}
        disabled={create.isPending}
        onChoose={({ name, title }) => {
          make({ name: title, template: name });
        }}
      />
    ),
    dialog: (
      <CreateDialog
        key={String(asking)}
        opened={asking}
        busy={create.isPending}
        problem={problemText(t, create.error)}
        onClose={() => {
          setAsking(false);
        }}
        onCreate={(name, description) => {
          make({ name, description });
        }}
      />
    ),
  };
}

function Waiting() {
  return (
    <div className={classes.grid} aria-hidden>
      {[1, 2, 3].map((each) => (
        <Skeleton key={each} height={246} radius="lg" />
      ))}
    </div>
  );
}
