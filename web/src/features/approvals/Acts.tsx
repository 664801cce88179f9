import { Button, Kbd, Text } from "@mantine/core";
import { IconArrowBackUp, IconCheck, IconPencil, IconRefresh, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { actsOf } from "./acts";
import classes from "./Draft.module.css";
import type { DraftProps } from "./DraftPane";

const ICON = { size: 16, stroke: 1.75, "aria-hidden": true } as const;

/** What can be done with the draft, each with its key. */
export function Acts({ detail, desk }: DraftProps) {
  const { t } = useTranslation("approvals");
  const { isOpen, approve, edit, reject, regenerate } = actsOf(desk);
  if (!isOpen) return <After desk={desk} detail={detail} />;
  if (desk.chosen.length > 0) return null;
  const isTyping = desk.typing.text !== undefined;
  return (
    <footer className={classes.acts}>
      <Button
        className={classes.first ?? ""}
        rightSection={<Key name="Ctrl ↵" />}
        onClick={() => {
          approve(true);
        }}
      >
        {t(isTyping ? "act.approveEdited" : "act.approveNext")}
      </Button>
      <Button
        variant="default"
        leftSection={<IconCheck {...ICON} />}
        rightSection={<Key name="a" />}
        onClick={() => {
          approve(false);
        }}
      >
        {t("act.approve")}
      </Button>
      {!isTyping && (
        <Button
          variant="default"
          leftSection={<IconPencil {...ICON} />}
          rightSection={<Key name="e" />}
          onClick={edit}
        >
          {t("act.edit")}
        </Button>
      )}
      {detail.is_edited && !isTyping && (
        <Button
          variant="default"
          leftSection={<IconArrowBackUp {...ICON} />}
          onClick={() => {
            desk.change.mutate({ act: "restore", id: detail.id });
          }}
        >
          {t("act.restore")}
        </Button>
      )}
      <Button
        variant="default"
        leftSection={<IconRefresh {...ICON} />}
        rightSection={<Key name="n" />}
        onClick={regenerate}
      >
        {t("act.regenerate")}
      </Button>
      <Button
        variant="subtle"
        color="red"
        leftSection={<IconX {...ICON} />}
        rightSection={<Key name="r" />}
        onClick={reject}
      >
        {t("act.reject")}
      </Button>
    </footer>
  );
}

/** Decided, or nothing to decide yet: the way on, and the way back while there is one. */
function After({ desk, detail }: DraftProps) {
  const { t } = useTranslation("approvals");
  const next = desk.rows.find(({ id }) => id !== detail.id);
  if (detail.status === "in_approval" && !desk.mayDecide) {
    return (
      <footer className={classes.acts}>
        <Text c="dimmed">{t("act.mayNot")}</Text>
      </footer>
    );
  }
  if (next === undefined) return null;
  return (
    <footer className={classes.acts}>
      <Button
        variant="default"
        rightSection={<Key name="j" />}
        onClick={() => {
          desk.show(next.id);
        }}
      >
        {t("act.next")}
      </Button>
    </footer>
  );
}

function Key({ name }: { readonly name: string }) {
  return (
    <Kbd size="xs" visibleFrom="md" aria-hidden className={classes.key ?? ""}>
      {name}
    </Kbd>
  );
}
