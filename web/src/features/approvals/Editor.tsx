import { Button, Group, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Typed } from "@/api/approvals";
import { Problem } from "@/ui/Problem";
import classes from "./Draft.module.css";
import type { DraftProps } from "./DraftPane";

interface EditorProps extends DraftProps {
  readonly typed: Typed;
}

/** Change the words by hand: kept for later, or approved as they are now. */
export function Editor({ detail, desk: { typing, change }, typed }: EditorProps) {
  const { t } = useTranslation("approvals");
  const put = (changed: Partial<Typed>) => {
    typing.put(detail.id, { ...typed, ...changed });
  };
  const isSame = typed.text === detail.text && typed.subject === detail.subject;
  const { fewest, most } = detail.limits;
  return (
    <Stack gap="sm">
      {typed.text_hash !== detail.text_hash && (
        <Changed
          detail={detail}
          onMine={() => {
            put({ text_hash: detail.text_hash });
          }}
        />
      )}
      {detail.has_subject && (
        <TextInput
          label={t("letter.subject")}
          value={typed.subject}
          onChange={(event) => {
            put({ subject: event.currentTarget.value });
          }}
        />
      )}
      <Textarea
        data-autofocus
        autoFocus
        autosize
        minRows={8}
        maxRows={24}
        label={t("edit.text")}
        value={typed.text}
        onChange={(event) => {
          put({ text: event.currentTarget.value });
        }}
      />
      <Group gap="sm">
        <Text fz="xs" c="dimmed" className="tabular">
          {t("edit.words", { count: wordsIn(typed.text), fewest, most })}
        </Text>
        <Button
          ml="auto"
          size="xs"
          variant="subtle"
          onClick={() => {
            typing.drop(detail.id);
          }}
        >
          {t("edit.discard")}
        </Button>
        <Button
          size="xs"
          variant="default"
          disabled={isSame || typed.text.trim() === ""}
          loading={change.isPending}
          onClick={() => {
            change.mutate(
              { act: "edit", id: detail.id, text: typed },
              {
                onSuccess: () => {
                  typing.drop(detail.id);
                },
              },
            );
          }}
        >
          {t("edit.keep")}
        </Button>
      </Group>
    </Stack>
  );
}

/** What is there now, and was not read when these words were begun: they replace it only once it was. */
function Changed({ detail, onMine }: Pick<DraftProps, "detail"> & { readonly onMine: () => void }) {
  const { t } = useTranslation("approvals");
  const says = [detail.has_subject ? detail.subject : "", detail.text].filter(Boolean).join("\n\n");
  return (
    <Problem tone="amber" title={t("edit.changed")} text={<div className={classes.says}>{says}</div>}>
      <Button size="xs" variant="default" onClick={onMine}>
        {t("edit.mine")}
      </Button>
    </Problem>
  );
}

function wordsIn(text: string): number {
  return text.match(/[\p{L}\p{N}_][\p{L}\p{N}_'’-]*/gu)?.length ?? 0;
}
