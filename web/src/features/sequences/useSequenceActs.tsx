import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { downloadFile } from "@/api/sequenceContent";
import {
  useArchiveSequence,
  useChangeSequence,
  useDeleteSequence,
  useDuplicateSequence,
  type Sequence,
} from "@/api/sequences";
import { useChooseDefault } from "@/api/sequenceRules";
import { useSession } from "@/api/session";
import { failToast, undoToast } from "@/ui/toasts";
import { TagsDialog, TemplateDialog } from "./guard/KeepDialogs";
import { PasswordDialog } from "./guard/PasswordDialog";
import { ArchiveDialog, DeleteDialog, RenameDialog } from "./overview/ActDialogs";
import type { CardAct } from "./overview/CardMenu";
import { problemText } from "./problemText";

type Acted = Pick<Sequence, "id" | "name" | "is_default" | "counts" | "description" | "tags" | "guarded">;

interface Begun {
  readonly card: Acted;
  readonly act: CardAct;
}

/** Rename, tag, duplicate, keep as a template, export, guard, archive and delete, each with its dialog where it needs one. */
export function useSequenceActs() {
  const { t } = useTranslation("sequences");
  const navigate = useNavigate();
  const mayReset = useSession().data?.role === "admin";
  const [begun, setBegun] = useState<Begun>();
  const rename = useChangeSequence();
  const archive = useArchiveSequence();
  const remove = useDeleteSequence();
  const duplicate = useDuplicateSequence();
  const choose = useChooseDefault(({ name, on }) => t(on ? "default.chosen" : "default.givenUp", { name }));
  const end = () => {
    setBegun(undefined);
  };
  const begin = (card: Acted, act: CardAct) => {
    if (act === "default") {
      choose.mutate({ id: card.id, name: card.name, on: !card.is_default });
    } else if (act === "export") {
      downloadFile(card.id).catch((error: unknown) => {
        failToast(problemText(t, error) ?? "");
      });
    } else if (act === "duplicate") {
      duplicate.mutate({ id: card.id }, { onSuccess: ({ id }) => void navigate(`/sequences/${id}`) });
    } else {
      for (const each of [rename, archive, remove]) each.reset();
      setBegun({ card, act });
    }
  };
  const shared = (mutation: { isPending: boolean; error: Error | null }, sequence: Acted) => ({
    sequence,
    busy: mutation.isPending,
    problem: problemText(t, mutation.error),
    onClose: end,
  });
  const finish = (sentence: string) => () => {
    end();
    void navigate("/sequences");
    undoToast({ text: sentence });
  };
  return { begin, dialog: begun && dialogOf(begun) };

  function dialogOf({ card, act }: Begun) {
    const { id, name } = card;
    if (act === "tags") return <TagsDialog sequence={card} tags={card.tags} onClose={end} />;
    if (act === "template") return <TemplateDialog sequence={card} onClose={end} />;
    if (act === "password") return <PasswordDialog sequence={card} mayReset={mayReset} onClose={end} />;
    if (act === "rename") {
      const onDo = (to: string) => {
        rename.mutate({ id, name: to }, { onSuccess: end });
      };
      return <RenameDialog {...shared(rename, card)} onDo={onDo} />;
    }
    if (act === "archive") {
      const onDo = () => {
        archive.mutate(id, { onSuccess: finish(t("archive.done", { name })) });
      };
      return <ArchiveDialog {...shared(archive, card)} onDo={onDo} />;
    }
    const onDo = () => {
      remove.mutate(id, { onSuccess: finish(t("delete.done", { name })) });
    };
    return <DeleteDialog {...shared(remove, card)} onDo={onDo} />;
  }
}
