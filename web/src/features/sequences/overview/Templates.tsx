import { Group, Text, Title, UnstyledButton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Template } from "@/api/sequences";
import { marksOf } from "../rhythm/marks";
import { Rhythm } from "../rhythm/Rhythm";
import { rhythmWords } from "../rhythm/words";
import classes from "./Card.module.css";
import { OwnTemplate } from "./OwnTemplate";

interface TemplatesProps {
  readonly templates: readonly Template[];
  readonly disabled: boolean;
  readonly onChoose: (template: Template) => void;
}

/** The templates on one scale of days, so that they compare at a glance. One click creates. */
export function Templates({ templates, disabled, onChoose }: TemplatesProps) {
  const { t } = useTranslation("sequences");
  const end = Math.max(...templates.map((template) => template.rhythm.days));
  return (
    <section aria-label={t("templates.title")}>
      <Group gap="sm" mb={10} align="baseline">
        <Title order={2}>{t("templates.title")}</Title>
        <Text fz="xs" c="dimmed">
          {t("templates.hint")}
        </Text>
      </Group>
      <div className={classes.templates}>
        {templates.map((template) => (
          <div key={template.id ?? template.name} className={classes.templatePlace}>
            <UnstyledButton
              className={classes.template}
              disabled={disabled}
              title={template.description}
              onClick={() => {
                onChoose(template);
              }}
            >
              <Text fw={600} pr={template.id == null ? 0 : 28} truncate>
                {template.title}
              </Text>
              <Text fz="xs" c="var(--db-text-3)" className="tabular" mb="sm">
                {rhythmWords(t, template.rhythm)}
              </Text>
              <Rhythm marks={marksOf(template.rhythm)} end={end} radius={9} />
            </UnstyledButton>
            {template.id != null && <OwnTemplate template={{ ...template, id: template.id }} />}
          </div>
        ))}
      </div>
    </section>
  );
}
