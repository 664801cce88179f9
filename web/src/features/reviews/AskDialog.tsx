import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import type { Question } from "./useDesk";

interface AskDialogProps {
  readonly question: Question;
  readonly onClose: () => void;
  readonly onYes: () => void;
}

/** Asks back before many start, and before anybody is turned down. */
export function AskDialog({ question: { decision, count, name }, onClose, onYes }: AskDialogProps) {
  const { t } = useTranslation("reviews");
  const words = {
    title: count === undefined ? t(`ask.${decision}.titleAll`) : t(`ask.${decision}.title`, { count }),
    confirm: count === undefined ? t(`bulk.${decision}All`) : t(`ask.${decision}.do`, { count }),
  };
  return (
    <ConfirmDialog
      opened
      danger={decision === "reject"}
      title={count === 1 && decision === "reject" ? t("ask.reject.one", { name }) : words.title}
      confirm={words.confirm}
      onClose={onClose}
      onConfirm={onYes}
    >
      {t(`ask.${decision}.text`)}
    </ConfirmDialog>
  );
}
