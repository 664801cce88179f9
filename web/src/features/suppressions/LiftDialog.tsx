import { Button, Group, Modal, Stack, Text, Textarea } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/api/client";
import { type Suppression, useLift } from "@/api/suppressions";
import { useReasonWords } from "./useReasonWords";

interface LiftDialogProps {
  readonly row: Suppression;
  readonly onClose: () => void;
}

/** Allow contacting an address again; what the person asked for needs a reason, and an admin. */
export function LiftDialog({ row, onClose }: LiftDialogProps) {
  const { t } = useTranslation("suppressions");
  const words = useReasonWords();
  const [reason, setReason] = useState("");
  const lift = useLift({ said: () => t("lift.said") });
  const problem = lift.error instanceof ApiError ? lift.error.problem?.detail : undefined;
  return (
    <Modal opened onClose={onClose} title={t("lift.title")}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          lift.mutate({ id: row.id, reason }, { onSuccess: onClose });
        }}
      >
        <Stack>
          <Text c="dimmed">
            {row.needs_reason ? t("lift.ofThePerson", { reason: words.reason(row.reason) }) : t("lift.hint")}
          </Text>
          <Textarea
            data-autofocus
            label={t(row.needs_reason ? "lift.why" : "lift.whyOptional")}
            placeholder={t("lift.example")}
            required={row.needs_reason}
            maxLength={1_000}
            value={reason}
            error={lift.isError && (problem ?? t("failed"))}
            onChange={(event) => {
              setReason(event.currentTarget.value);
            }}
          />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t("cancel")}
            </Button>
            <Button
              type="submit"
              loading={lift.isPending}
              disabled={row.needs_reason && reason.trim() === ""}
            >
              {t("lift.act")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
