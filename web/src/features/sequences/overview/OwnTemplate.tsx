import { ActionIcon, Menu } from "@mantine/core";
import { IconDots, IconPencil, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useChangeTemplate, useDeleteTemplate } from "@/api/sequenceCare";
import type { Template } from "@/api/sequences";
import { useMay } from "@/api/session";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { undoToast } from "@/ui/toasts";
import { TemplateForm } from "../guard/KeepDialogs";
import { problemText } from "../problemText";
import classes from "./Card.module.css";

interface OwnTemplateProps {
  readonly template: Pick<Template, "title" | "description"> & { readonly id: number };
}

/** What can be done with a template of the workspace's own. */
export function OwnTemplate({ template }: OwnTemplateProps) {
  const { t } = useTranslation("sequences");
  const may = useMay();
  const [asked, ask] = useState<"change" | "remove">();
  const mayChange = may("sequences.edit");
  const mayRemove = may("sequences.delete");
  const close = () => {
    ask(undefined);
  };
  if (!mayChange && !mayRemove) return null;
  return (
    <>
      <Menu position="bottom-end" width={180}>
        <Menu.Target>
          <ActionIcon
            size={24}
            className={classes.templateMenu ?? ""}
            aria-label={t("templates.more", { name: template.title })}
          >
            <IconDots size={16} stroke={1.75} color="var(--db-text-3)" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {mayChange && (
            <Menu.Item
              leftSection={<IconPencil size={16} stroke={1.75} />}
              onClick={() => {
                ask("change");
              }}
            >
              {t("templates.change")}
            </Menu.Item>
          )}
          {mayRemove && (
            <Menu.Item
              color="red"
              leftSection={<IconTrash size={16} stroke={1.75} />}
              onClick={() => {
                ask("remove");
              }}
            >
              {t("templates.remove")}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {asked === "change" && <Change template={template} onClose={close} />}
      {asked === "remove" && <Remove template={template} onClose={close} />}
    </>
  );
}

interface DialogProps extends OwnTemplateProps {
  readonly onClose: () => void;
}

function Change({ template, onClose }: DialogProps) {
  const { t } = useTranslation("sequences");
  const change = useChangeTemplate();
  return (
    <TemplateForm
      title={t("templates.changeTitle")}
      button={t("templates.changeDo")}
      begins={{ name: template.title, description: template.description }}
      busy={change.isPending}
      problem={problemText(t, change.error)}
      onClose={onClose}
      onDo={(named) => {
        change.mutate({ id: template.id, ...named }, { onSuccess: onClose });
      }}
    />
  );
}

function Remove({ template: { id, title: name }, onClose }: DialogProps) {
  const { t } = useTranslation("sequences");
  const remove = useDeleteTemplate();
  return (
    <ConfirmDialog
      opened
      danger
      title={t("templates.removeTitle", { name })}
      confirm={t("templates.removeDo")}
      onClose={onClose}
      onConfirm={() => {
        const onSuccess = () => {
          undoToast({ text: t("templates.gone", { name }) });
        };
        remove.mutate(id, { onSuccess });
        onClose();
      }}
    >
      {t("templates.removeHint")}
    </ConfirmDialog>
  );
}
