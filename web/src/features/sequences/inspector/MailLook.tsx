import { Group, Select, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { EmailContent } from "@/flow/document";
import { ChipField } from "../text/ChipField";
import classes from "../text/Text.module.css";

export interface MailPartProps {
  readonly content: EmailContent;
  readonly readOnly: boolean;
  readonly onChange: (content: EmailContent) => void;
}

/** What lists of mails show behind the subject. */
export function Preheader({ content, readOnly, onChange }: MailPartProps) {
  const { t } = useTranslation("sequences");
  return (
    <div className={classes.subject} title={t("mail.preheaderHint")}>
      <Text span c="var(--db-text-3)" fw={400}>
        {t("mail.preheader")}
      </Text>
      <ChipField
        bare
        label={t("mail.preheader")}
        value={content.preheader ?? ""}
        readOnly={readOnly}
        onChange={(preheader) => {
          onChange({ preheader });
        }}
      />
    </div>
  );
}

const LOOKS = ["default", "plain", "branded"] as const;

/** Whether the mail looks written by hand or stands in the workspace's frame. */
export function Layout({ content, readOnly, onChange }: MailPartProps) {
  const { t } = useTranslation("sequences");
  return (
    <Group gap="sm">
      <Text fz="sm" c="dimmed">
        {t("mail.look")}
      </Text>
      <Select
        size="xs"
        aria-label={t("mail.look")}
        data={LOOKS.map((value) => ({ value, label: t(`mail.looks.${value}`) }))}
        value={content.layout ?? "default"}
        allowDeselect={false}
        disabled={readOnly}
        onChange={(layout) => {
          onChange({ layout: layout ?? "default" });
        }}
      />
    </Group>
  );
}
