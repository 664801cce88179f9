import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useImport } from "@/api/imports";
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
  const file = useImport(id);
  const begun = file.data !== undefined && file.data.progress.state !== "uploaded";
  const again = () => {
    change({ id: "" });
  };
  return (
    <Room
      title={t("import.title")}
      within={{ to: "/contacts", title: t("title") }}
      {...(file.data && { meta: file.data.name })}
      actions={
        id !== undefined && (
          <Button variant="default" onClick={again}>
            {t("import.other")}
          </Button>
        )
      }
    >
      <div className={classes.page}>
        {id === undefined && (
          <>
            <Upload
              onDone={(uploaded) => {
                change({ id: String(uploaded) });
              }}
            />
            <Past
              onOpen={(chosen) => {
                change({ id: String(chosen) });
              }}
            />
          </>
        )}
        {id !== undefined && file.data && !begun && <Choose id={id} />}
        {file.data && begun && <Progress file={file.data} />}
      </div>
    </Room>
  );
}
