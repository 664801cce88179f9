import { Badge, Button, Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useRenewTemplates, useTemplates } from "@/api/numbers";
import { Moment } from "@/ui/Moment";
import { Panel, PanelRow } from "@/ui/Panel";

/** The WhatsApp templates as Twilio told them last. */
export function Templates() {
  const { t } = useTranslation("settings");
  const { data } = useTemplates();
  const renew = useRenewTemplates();
  if (data === undefined) return null;
  return (
    <Panel
      title={t("numbers.templates.title")}
      count={data.templates.length}
      right={
        <Button
          size="xs"
          variant="default"
          loading={renew.isPending}
          onClick={() => {
            renew.mutate();
          }}
        >
          {t("numbers.templates.renew")}
        </Button>
      }
    >
      <Text c="dimmed" fz="xs" pb={6}>
        {t("numbers.templates.intro")}{" "}
        {data.read_at !== null && (
          <>
            {t("numbers.templates.read")} <Moment at={data.read_at} relative />
          </>
        )}
      </Text>
      {data.templates.length === 0 && <Text pb="md">{t("numbers.templates.none")}</Text>}
      {data.templates.map((template) => (
        <PanelRow key={`${template.account_id}-${template.sid}`}>
          <div style={{ flex: 1, minWidth: 0 }}>
            <Group gap="sm">
              <Text span inherit fw={500}>
                {template.name}
              </Text>
              <Text span inherit c="dimmed">
                {template.language}
              </Text>
              <Badge color={template.status === "approved" ? "green" : "gray"}>
                {t(`numbers.templates.status.${template.status}` as "numbers.templates.status.pending", {
                  defaultValue: template.status,
                })}
              </Badge>
            </Group>
            <Text c="dimmed" lineClamp={2}>
              {template.body}
            </Text>
          </div>
        </PanelRow>
      ))}
    </Panel>
  );
}
