import { Button, Skeleton, Text } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import type { TFunction } from "i18next";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import {
  useCreateSequence,
  useSequenceCards,
  useSequenceTotals,
  useTemplates,
  type NewSequence,
  type SequenceTotals,
} from "@/api/sequences";
import { useMay, useSession } from "@/api/session";
import { EmptyRoom } from "@/ui/EmptyRoom";
import { useKeys } from "@/ui/keys";
import { usePaletteActions } from "@/ui/palette";
import { Room } from "@/ui/Room";
import { failToast } from "@/ui/toasts";
import { CardList } from "./overview/CardList";
import classes from "./overview/Card.module.css";
import { CreateDialog } from "./overview/CreateDialog";
import { Filters } from "./overview/Filters";
import { Templates } from "./overview/Templates";
import { useView, type View } from "./overview/useView";
import { problemText } from "./problemText";

/** The sequences of the workspace as cards, and what a new one can begin with. */
export function Component() {
  const { t, i18n } = useTranslation("sequences");
  const [view, change] = useView();
  const totals = useSequenceTotals().data;
  const mayCreate = useMay()("sequences.create");
  const create = useCreation();
  const isEmpty = totals !== undefined && Object.values(totals.by_status).every((each) => each === 0);
  const button = (
    <Button leftSection={<IconPlus size={16} />} onClick={create.open}>
      {t("create.title")}
    </Button>
  );
  return (
    <Room
      title={t("title")}
      meta={totals && metaWords(t, totals, i18n.language)}
      actions={mayCreate && button}
    >
      {!isEmpty && <Filters view={view} totals={totals} onChange={change} />}
      <div className={classes.room}>
        {isEmpty ? <EmptyRoom title={t("empty.title")} hint={t("empty.hint")} /> : <Cards view={view} />}
        {mayCreate && create.templates}
      </div>
      {create.dialog}
    </Room>
  );
}

function metaWords(t: TFunction<"sequences">, totals: SequenceTotals, language: string): string {
  const count = (number: number) => new Intl.NumberFormat(language).format(number);
  return t("overview.meta", { active: count(totals.people_active), sent: count(totals.sent_today) });
}

/** The cards that the filter leaves. */
function Cards({ view }: { readonly view: View }) {
  const { t } = useTranslation("sequences");
  const cards = useSequenceCards(view);
  const rights = useSession().data?.rights ?? [];
  if (cards.rows === undefined) return <Waiting />;
  return (
    <>
      {cards.rows.length === 0 ? (
        <Text c="dimmed">{t("overview.nothing")}</Text>
      ) : (
        <CardList cards={cards.rows} rights={rights} />
      )}
      {cards.hasMore && (
        <Button variant="default" mx="auto" loading={cards.loading} onClick={cards.onMore}>
          {t("overview.more")}
        </Button>
      )}
    </>
  );
}

/** Make a sequence, empty or from a template, and go there. */
function useCreation() {
  const { t } = useTranslation("sequences");
  const navigate = useNavigate();
  const templates = useTemplates().data ?? [];
  const create = useCreateSequence();
  const [asking, setAsking] = useState(false);
  const make = (
    body: Pick<NewSequence, "name"> & Partial<NewSequence>,
    onError: (error: Error) => void = () => undefined,
  ) => {
    const onSuccess = ({ id }: { readonly id: number }) => void navigate(`/sequences/${id}`);
    create.mutate({ description: "", ...body }, { onSuccess, onError });
  };
  // Templates have no dialog that could show it.
  const tell = (error: Error) => failToast(problemText(t, error) ?? "");
  const open = () => {
    create.reset();
    setAsking(true);
  };
  const offered = useMay()("sequences.create")
    ? [{ id: "sequence", label: t("create.title"), act: open }]
    : [];
  useKeys(
    t("title"),
    offered.map((each) => ({ ...each, keys: "n" })),
  );
  usePaletteActions(offered);
  return {
    open,
    templates: templates.length > 0 && (
      <Templates
        templates={templates}
        disabled={create.isPending}
        onChoose={({ id, name, title }) => {
          make({ name: title, ...(id == null ? { template: name } : { template_id: id }) }, tell);
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
