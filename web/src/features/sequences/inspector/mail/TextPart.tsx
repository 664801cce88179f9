import { Button, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { ChipField } from "../../text/ChipField";
import { derivedText, wordsOf } from "../../text/modes";
import type { MailPartProps } from "../MailLook";
import { Section } from "../Section";

/** What programs without HTML show of a mail: made of it, or written by oneself. */
export function TextPart({ content, readOnly, onChange }: MailPartProps) {
  const { t } = useTranslation("sequences");
  const words = wordsOf(content);
  const isOwn = words.text !== "";
  return (
    <Section title={t("compose.text.title")} now={t(isOwn ? "compose.text.own" : "compose.text.derived")}>
      <Stack gap="sm" align="flex-start">
        <Text c="dimmed">{t(isOwn ? "compose.text.ownHint" : "compose.text.derivedHint")}</Text>
        {isOwn ? (
          <div style={{ width: "100%" }}>
            <ChipField
              lines
              label={t("compose.text.label")}
              value={words.text}
              readOnly={readOnly}
              onChange={(text) => {
                onChange({ text });
              }}
            />
          </div>
        ) : (
          <Text fz="sm" style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
            {derivedText(words)}
          </Text>
        )}
        {!readOnly && (
          <Button
            size="xs"
            variant="default"
            onClick={() => {
              onChange({ text: isOwn ? "" : derivedText(words) });
            }}
          >
            {t(isOwn ? "compose.text.back" : "compose.text.writeOwn")}
          </Button>
        )}
      </Stack>
    </Section>
  );
}
