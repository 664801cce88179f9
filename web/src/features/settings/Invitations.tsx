import { Button, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useMay } from "@/api/session";
import { useInvitations, useWithdraw } from "@/api/settings";
import { Moment } from "@/ui/Moment";
import { Panel, PanelRow } from "@/ui/Panel";
import { useWords } from "@/ui/words/useWords";

/** Links that were handed over and not opened yet; nothing where there are none. */
export function Invitations() {
  const { t } = useTranslation("settings");
  const { word } = useWords();
  const may = useMay();
  const { rows = [] } = useInvitations();
  const withdraw = useWithdraw(t("invitations.withdrawn"));
  if (rows.length === 0) return null;
  return (
    <Panel title={t("invitations.title")} count={rows.length}>
      {rows.map((row) => (
        <PanelRow key={row.id}>
          <Text flex={1} miw={0}>
            <Text span inherit fw={500}>
              {row.email}
            </Text>{" "}
            <Text span inherit c="dimmed">
              {t("invitations.as", { role: word("role", row.role) })}
              {row.invited_by !== "" && ` · ${t("invitations.by", { name: row.invited_by })}`}
              {` · ${t("invitations.until")} `}
              <Moment at={row.expires_at} />
            </Text>
          </Text>
          {may("users.edit") && (
            <Button
              variant="default"
              size="xs"
              onClick={() => {
                withdraw.mutate(row.id);
              }}
            >
              {t("invitations.withdraw")}
            </Button>
          )}
        </PanelRow>
      ))}
    </Panel>
  );
}
