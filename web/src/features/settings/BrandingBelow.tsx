import { Group, Select, Stack, Textarea, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Branding } from "@/api/branding";
import { Panel } from "@/ui/Panel";
import { Problem } from "@/ui/Problem";
import type { Chosen } from "./BrandingSection";

interface BrandingBelowProps {
  readonly draft: Branding;
  readonly wayOut: string;
  readonly address: string;
  readonly isMissing: boolean;
  readonly mayEdit: boolean;
  readonly onChange: (change: Partial<Chosen>) => void;
  readonly onAddress: (address: string) => void;
}

/** What stands below each mail. */
export function BrandingBelow(props: BrandingBelowProps) {
  const { t } = useTranslation("settings");
  const { draft, mayEdit, onChange } = props;
  return (
    <Panel title={t("branding.below")}>
      <Stack gap="md" pb="sm">
        {props.isMissing && (
          <Problem tone="amber" title={t("branding.missing")} text={t("branding.missingText")} />
        )}
        <Textarea
          label={t("branding.address")}
          description={t("branding.addressHint")}
          value={props.address}
          onChange={(event) => {
            props.onAddress(event.currentTarget.value);
          }}
          disabled={!mayEdit}
          autosize
          minRows={3}
          maxLength={1000}
          autoComplete="street-address"
        />
        <Textarea
          label={t("branding.footer")}
          description={t("branding.footerHint")}
          value={draft.footer}
          onChange={(event) => {
            onChange({ footer: event.currentTarget.value });
          }}
          disabled={!mayEdit}
          autosize
          minRows={2}
          maxLength={1000}
        />
        <Group gap="sm" grow preventGrowOverflow={false} align="flex-end">
          <Select
            label={t("branding.language")}
            data={draft.languages.map((value) => ({
              value,
              label: t(`branding.languages.${value as "en"}`),
            }))}
            value={draft.language}
            allowDeselect={false}
            disabled={!mayEdit}
            onChange={(language) => {
              if (language !== null) onChange({ language });
            }}
          />
          <TextInput
            label={t("branding.unsubscribe")}
            placeholder={props.wayOut}
            value={draft.unsubscribe}
            maxLength={100}
            disabled={!mayEdit}
            onChange={(event) => {
              onChange({ unsubscribe: event.currentTarget.value });
            }}
          />
        </Group>
      </Stack>
    </Panel>
  );
}
