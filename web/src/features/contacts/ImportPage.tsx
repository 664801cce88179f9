import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { type Import, useImport } from "@/api/imports";
import { Room } from "@/ui/Room";
import { useUrlState } from "@/ui/useUrlState";
import { Choose } from "./importing/Choose";
import { Past } from "./importing/Past";
import { Progress } from "./importing/Progress";
import { Upload } from "./importing/Upload";
import classes from "./importing/Import.module.css";

/** Import of contacts from a file: upload, say what the columns are, see what it would do, start. */
export function Component() {
  const { t } = useTranslation("contacts");
  const [{ id: written }, change] = useUrlState({ id: "" });
  const id = /^\d+$/.test(written) ? Number(written) : undefined;
  const file = useImport(id).data;
  const open = (chosen: number | undefined) => {
    change({ id: String(chosen ?? "") });
  };
  return (
    <Room
      title={t("import.title")}
      within={{ to: "/contacts", title: t("title") }}
      {...(file && { meta: file.name })}
      actions={
        id !== undefined && (
          <Button
            variant="default"
            onClick={() => {
              open(undefined);
            }}
          >
            {t("import.other")}
          </Button>
        )
      }
    >
      <div className={classes.page}>
        {id === undefined ? <Begin onOpen={open} /> : file && <OneImport file={file} />}
      </div>
    </Room>
  );
}

function Begin({ onOpen }: { readonly onOpen: (id: number) => void }) {
  return (
    <>
      <Upload onDone={onOpen} />
      <Past onOpen={onOpen} />
    </>
  );
}

function OneImport({ file }: { readonly file: Import }) {
  return file.progress.state === "uploaded" ? <Choose id={file.id} /> : <Progress file={file} />;
}
