import { Anchor, Select, Stack, Text, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useTemplates, type WhatsAppTemplate } from "@/api/numbers";
import type { WhatsAppStep } from "@/flow/document";
import { DEFAULTS } from "@/flow/fields";
import { ChipField } from "../../text/ChipField";
import { At } from "../At";
import type { InspectorProps } from "../Inspector";
import { useField } from "../useField";
import { Variables } from "./Variables";
import { Cost } from "./Weight";

/** A WhatsApp message: a template that was approved, what fills its places, and the text of an open conversation. */
export function WhatsAppForm(props: InspectorProps) {
  const { t } = useTranslation("sequences");
  const change = useField<WhatsAppStep>(props);
  const { step, readOnly } = props;
  const templates = useTemplates().data?.templates ?? [];
  if (step.kind !== "whatsapp") return null;
  const problems = props.problems(step.key);
  const message = { ...DEFAULTS.whatsapp, ...step };
  const template = templates.find(({ sid }) => sid === message.template_id);
  return (
    <Stack gap="md">
      <At place="template_id" problems={problems}>
        <TemplateField
          templates={templates}
          value={message.template_id}
          readOnly={readOnly}
          onChange={(id) => {
            change("template_id", id);
          }}
        />
        <Text fz="sm" c="dimmed" mt={6} style={{ whiteSpace: "pre-wrap" }}>
          {template?.body}
        </Text>
      </At>
      {message.template_id !== null && (
        <At place="template_variables" problems={problems}>
          <Filling
            template={template}
            held={message.template_variables}
            readOnly={readOnly}
            onChange={(held) => {
              change("template_variables", held);
            }}
          />
        </At>
      )}
      <At place="text" problems={problems}>
        <ChipField
          label={t("whatsapp.text")}
          value={message.text}
          lines
          readOnly={readOnly}
          onChange={(text) => {
            change("text", text);
          }}
        />
        <Cost channel="whatsapp" text={message.text || (message.template_id ?? "")} />
      </At>
    </Stack>
  );
}

interface TemplateFieldProps {
  readonly templates: readonly WhatsAppTemplate[];
  readonly value: string | null;
  readonly readOnly: boolean;
  readonly onChange: (id: string | null) => void;
}

/** Chosen by its name; typed by its id where no account tells which there are. */
function TemplateField({ templates, value, readOnly, onChange }: TemplateFieldProps) {
  const { t } = useTranslation("sequences");
  if (templates.length === 0) {
    return (
      <TextInput
        label={t("whatsapp.template")}
        description={t("whatsapp.templateHint")}
        maw={380}
        disabled={readOnly}
        value={value ?? ""}
        onChange={(event) => {
          onChange(event.currentTarget.value.trim() || null);
        }}
      />
    );
  }
  const isKnown = value === null || templates.some(({ sid }) => sid === value);
  return (
    <Select
      label={t("whatsapp.template")}
      description={
        <>
          {t("whatsapp.chooseHint")}{" "}
          <Anchor component={Link} to="/settings/numbers" inherit underline="always">
            {t("whatsapp.allTemplates")}
          </Anchor>
        </>
      }
      placeholder={t("whatsapp.choose")}
      maw={460}
      searchable
      clearable
      disabled={readOnly}
      value={value}
      data={[
        ...templates.map(({ sid, name, language, status }) => ({
          value: sid,
          label: `${name} · ${language}${status === "approved" ? "" : ` · ${status}`}`,
          disabled: status !== "approved",
        })),
        ...(isKnown ? [] : [{ value, label: value }]),
      ]}
      onChange={onChange}
    />
  );
}

interface FillingProps extends Omit<PlacesProps, "template"> {
  /** undefined: nobody told which places it has. */
  readonly template: WhatsAppTemplate | undefined;
}

function Filling({ template, ...rest }: FillingProps) {
  return template === undefined ? <Variables {...rest} /> : <Places template={template} {...rest} />;
}

interface PlacesProps {
  readonly template: WhatsAppTemplate;
  readonly held: Readonly<Record<string, string>>;
  readonly readOnly: boolean;
  readonly onChange: (held: Readonly<Record<string, string>>) => void;
}

/** Every place of the template with what fills it; the example is the one that WhatsApp approved it with. */
function Places({ template, held, readOnly, onChange }: PlacesProps) {
  const { t } = useTranslation("sequences");
  return (
    <Stack gap="sm">
      {Object.entries(template.values).map(([name, example]) => (
        <div key={name}>
          <ChipField
            label={t("whatsapp.variable", { name: `{{${name}}}` })}
            value={held[name] ?? ""}
            readOnly={readOnly}
            onChange={(text) => {
              onChange({ ...held, [name]: text });
            }}
          />
          <Text fz="xs" c="dimmed">
            {t("whatsapp.example", { example })}
          </Text>
        </div>
      ))}
    </Stack>
  );
}
