import { Box, Skeleton, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/api/client";
import { type Review, useFirstMessage } from "@/api/reviews";
import { Sheet, SheetText } from "@/dialogs/drafts/Sheet";
import classes from "./Letter.module.css";

interface LetterProps {
  readonly row: Review;
  readonly step: string;
}

/** What the step would say to this person, in words: markup of strangers is not drawn here. */
export function Letter({ row, step }: LetterProps) {
  const { t } = useTranslation("reviews");
  const { data, error } = useFirstMessage(row, step);
  if (error !== null) return <Failed error={error} />;
  if (data === undefined) return <Skeleton height={180} mt="sm" />;
  return (
    <>
      {data.warnings.map(({ code, name, path, message }) => (
        <p key={`${code}${name}${path}`} className={classes.warning}>
          <IconAlertTriangle size={16} stroke={1.75} color="var(--db-amber)" aria-hidden />
          {message}
        </p>
      ))}
      <Box mt={12}>
        <Sheet
          facts={[
            { name: t("message.from"), value: data.sender },
            { name: t("message.to"), value: data.recipient },
            { name: t("message.subject"), value: data.subject },
          ]}
        >
          <SheetText dimmed={data.text === ""}>{data.text === "" ? t("message.none") : data.text}</SheetText>
        </Sheet>
      </Box>
    </>
  );
}

function Failed({ error }: { readonly error: Error }) {
  const { t } = useTranslation("reviews");
  const problem = error instanceof ApiError ? error.problem : undefined;
  const isSilent = problem?.code === "step_without_text";
  return (
    <Text c="dimmed" mt="sm">
      {isSilent ? t("message.none") : t("message.failed", { why: problem?.detail ?? error.message })}
    </Text>
  );
}
