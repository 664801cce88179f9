import { Button, Skeleton } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { EmptyRoom } from "@/ui/EmptyRoom";
import { AskDialog } from "./AskDialog";
import { Bulk } from "./Bulk";
import { People } from "./People";
import { Person } from "./Person";
import classes from "./Reviews.module.css";
import { type Desk, useDesk } from "./useDesk";
import { useReviewKeys } from "./useReviewKeys";
import { DEFAULTS, type View } from "./view";

interface ReviewsProps {
  /** Left out: over all sequences. */
  readonly sequenceId: number | undefined;
  readonly view: View;
  readonly onView: (changed: Partial<View>) => void;
  /** It is a tab of one sequence. */
  readonly isTab?: boolean;
  readonly filters: ReactNode;
  /** What stands here when nobody waits at all. */
  readonly nobody: ReactNode;
}

/** Who waits at the left, what would leave first at the right; a yes or no for one, or for many. */
export function Reviews({ filters, nobody, isTab = false, ...options }: ReviewsProps) {
  const { view, onView } = options;
  const desk = useDesk(options);
  useReviewKeys(desk);
  const isEmpty = desk.list.rows?.length === 0;
  if (isEmpty && !isNarrow(view)) return nobody;
  return (
    <>
      {(desk.isWide || desk.touched === undefined) && filters}
      {isEmpty ? (
        <NobodyFits
          onAll={() => {
            onView(DEFAULTS);
          }}
        />
      ) : (
        <Panes desk={desk} withSequence={!isTab} />
      )}
      <Bulk desk={desk} />
      <Ask desk={desk} />
    </>
  );
}

function isNarrow({ q, sequence }: View): boolean {
  return q !== "" || sequence !== "";
}

function Panes({ desk, withSequence }: { readonly desk: Desk; readonly withSequence: boolean }) {
  const { t } = useTranslation("reviews");
  const { open, touched } = desk;
  return (
    <div
      className={classes.panes}
      data-open={touched !== undefined || undefined}
      data-within={!withSequence || undefined}
    >
      <People desk={desk} withSequence={withSequence} />
      <section className={classes.person} aria-label={open?.contact.name ?? t("message.title")}>
        <Open desk={desk} />
      </section>
    </div>
  );
}

function Open({ desk }: { readonly desk: Desk }) {
  const { t } = useTranslation("reviews");
  const { open, isGone, list } = desk;
  if (open !== undefined) return <Person key={open.id} row={open} desk={desk} />;
  if (isGone) return <EmptyRoom picture={null} title={t("gone.title")} hint={t("gone.hint")} />;
  return list.rows === undefined && <Skeleton height={320} m="xl" w="auto" />;
}

function Ask({ desk: { question, ask, act } }: { readonly desk: Desk }) {
  if (question === undefined) return null;
  const close = () => {
    ask(undefined);
  };
  return (
    <AskDialog
      question={question}
      onClose={close}
      onYes={() => {
        close();
        act(question.decision, question.meant);
      }}
    />
  );
}

function NobodyFits({ onAll }: { readonly onAll: () => void }) {
  const { t } = useTranslation("reviews");
  return (
    <EmptyRoom
      title={t("none.title")}
      hint={t("none.hint")}
      action={
        <Button variant="default" onClick={onAll}>
          {t("none.action")}
        </Button>
      }
    />
  );
}
