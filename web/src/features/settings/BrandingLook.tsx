import {
  Button,
  ColorInput,
  FileButton,
  Group,
  Image,
  Radio,
  Select,
  Stack,
  Text,
  TextInput,
} from "@mantine/core";
import { useTranslation } from "react-i18next";
import { type Branding, useLogo } from "@/api/branding";
import { Panel } from "@/ui/Panel";
import { Problem } from "@/ui/Problem";
import type { Chosen } from "./BrandingSection";

interface BrandingLookProps {
  readonly branding: Branding;
  readonly draft: Branding;
  readonly mayEdit: boolean;
  readonly onChange: (change: Partial<Chosen>) => void;
}

/** Layout, name, logo, colours and font. */
export function BrandingLook({ branding, draft, mayEdit, onChange }: BrandingLookProps) {
  const { t } = useTranslation("settings");
  return (
    <Panel title={t("branding.look")}>
      <Stack gap="md" pb="sm">
        <Radio.Group
          label={t("branding.layout")}
          description={t("branding.layoutHint")}
          value={draft.layout}
          onChange={(layout) => {
            onChange({ layout: layout === "branded" ? "branded" : "plain" });
          }}
        >
          <Group mt="xs" gap="lg">
            <Radio value="plain" label={t("branding.layouts.plain")} disabled={!mayEdit} />
            <Radio value="branded" label={t("branding.layouts.branded")} disabled={!mayEdit} />
          </Group>
        </Radio.Group>
        <TextInput
          label={t("branding.name")}
          description={t("branding.nameHint")}
          value={draft.name}
          maxLength={200}
          disabled={!mayEdit}
          onChange={(event) => {
            onChange({ name: event.currentTarget.value });
          }}
        />
        <Logo branding={branding} mayEdit={mayEdit} />
        <Colours draft={draft} mayEdit={mayEdit} onChange={onChange} />
        {branding.doubts.map((doubt) => (
          <Problem key={doubt} tone="amber" title={doubt} />
        ))}
      </Stack>
    </Panel>
  );
}

function Logo({ branding, mayEdit }: Pick<BrandingLookProps, "branding" | "mayEdit">) {
  const { t } = useTranslation("settings");
  const logo = useLogo();
  const has = branding.logo_url !== "";
  return (
    <Stack gap={6}>
      <Text fw={500}>{t("branding.logo")}</Text>
      <Text fz="xs" c="dimmed">
        {t("branding.logoHint")}
      </Text>
      <Group gap="sm">
        {has && (
          <Image
            src={new URL(branding.logo_url, window.location.origin).pathname}
            alt={branding.name}
            w={branding.logo_width}
            h={branding.logo_height}
            bg="#fff"
          />
        )}
        <FileButton
          accept="image/png,image/jpeg,image/gif,image/webp"
          onChange={(file) => {
            if (file !== null) logo.mutate(file);
          }}
        >
          {(props) => (
            <Button {...props} variant="default" size="xs" disabled={!mayEdit} loading={logo.isPending}>
              {t(has ? "branding.replace" : "branding.upload")}
            </Button>
          )}
        </FileButton>
        {has && (
          <Button
            variant="subtle"
            size="xs"
            color="red"
            disabled={!mayEdit}
            onClick={() => {
              logo.mutate(undefined);
            }}
          >
            {t("branding.removeLogo")}
          </Button>
        )}
      </Group>
      {logo.error !== null && (
        <Text c="red" role="alert">
          {logo.error.message}
        </Text>
      )}
    </Stack>
  );
}

const COLOURS = ["accent", "text", "background"] as const;
const HEX = /^#[0-9a-f]{6}$/i;

function Colours({ draft, mayEdit, onChange }: Omit<BrandingLookProps, "branding">) {
  const { t } = useTranslation("settings");
  return (
    <Group gap="sm" grow preventGrowOverflow={false} align="flex-end">
      {COLOURS.map((name) => (
        <ColorInput
          key={`${name}${draft[name]}`}
          label={t(`branding.${name}`)}
          format="hex"
          defaultValue={draft[name]}
          disabled={!mayEdit}
          onChangeEnd={(value) => {
            if (HEX.test(value)) onChange({ [name]: value.toLowerCase() });
          }}
          eyeDropperButtonProps={{ "aria-label": t("branding.pick", { what: t(`branding.${name}`) }) }}
          miw={140}
        />
      ))}
      <Select
        label={t("branding.font")}
        data={draft.fonts.map((value) => ({ value, label: t(`branding.fonts.${value as "system"}`) }))}
        value={draft.font}
        allowDeselect={false}
        disabled={!mayEdit}
        onChange={(font) => {
          if (font !== null) onChange({ font });
        }}
        miw={170}
      />
    </Group>
  );
}
