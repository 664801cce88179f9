import { Button, Group, SegmentedControl, Skeleton, Stack, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Branding, useBranding, useBrandingSample, useChangeBranding } from "@/api/branding";
import { MailView, type MailWords } from "@/ui/MailView";
import { Panel } from "@/ui/Panel";
import { BrandingBelow } from "./BrandingBelow";
import { BrandingLook } from "./BrandingLook";
import classes from "./Settings.module.css";
import { useSettings } from "./useSettings";

/** How mails look and what stands below them, with a sample that the server writes. */
export function BrandingSection() {
  const { values, mayEdit, set } = useSettings();
  const { data: branding } = useBranding();
  if (values === undefined || branding === undefined) return <Skeleton h={420} maw={680} radius="lg" />;
  return (
    <Editor
      branding={branding}
      address={values.postal_address}
      mayEdit={mayEdit}
      onAddress={(postal_address) => {
        set({ postal_address });
      }}
    />
  );
}

const CHOSEN = [
  "layout",
  "name",
  "accent",
  "text",
  "background",
  "font",
  "footer",
  "unsubscribe",
  "language",
] as const;
export type Chosen = Pick<Branding, (typeof CHOSEN)[number]>;

interface EditorProps {
  readonly branding: Branding;
  readonly address: string;
  readonly mayEdit: boolean;
  readonly onAddress: (address: string) => void;
}

function Editor({ branding, address, mayEdit, onAddress }: EditorProps) {
  const { t } = useTranslation("settings");
  const [edited, setEdited] = useState<Partial<Chosen>>({});
  const [newAddress, setNewAddress] = useState<string>();
  const change = useChangeBranding();
  const draft = { ...branding, ...edited };
  const wanted = Object.fromEntries(
    CHOSEN.filter((name) => draft[name] !== branding[name]).map((name) => [name, draft[name]]),
  );
  const isChanged = Object.keys(wanted).length > 0;
  const isMoved = newAddress !== undefined && newAddress.trim() !== address;
  const put = (more: Partial<Chosen>) => {
    setEdited({ ...edited, ...more });
  };
  const save = () => {
    if (isMoved) onAddress(newAddress.trim());
    if (!isChanged) return;
    change.mutate(wanted, {
      onSuccess: () => {
        setEdited({});
      },
    });
  };
  return (
    <Stack gap="lg" className={classes.narrow}>
      <BrandingLook branding={branding} draft={draft} mayEdit={mayEdit} onChange={put} />
      <BrandingBelow
        draft={draft}
        wayOut={branding.way_out}
        address={newAddress ?? address}
        isMissing={address === ""}
        mayEdit={mayEdit}
        onChange={put}
        onAddress={setNewAddress}
      />
      <Group gap="md">
        <Button disabled={!mayEdit || !(isChanged || isMoved)} loading={change.isPending} onClick={save}>
          {t("branding.save")}
        </Button>
        {change.error !== null && <Text c="red">{change.error.message}</Text>}
        {change.isSuccess && !isChanged && (
          <Text c="dimmed" role="status">
            {t("branding.saved")}
          </Text>
        )}
      </Group>
      <Sample wanted={wanted} branding={branding} layout={draft.layout} />
    </Stack>
  );
}

interface SampleProps {
  readonly wanted: Partial<Chosen>;
  readonly branding: Branding;
  readonly layout: Branding["layout"];
}

function Sample({ wanted, branding, layout }: SampleProps) {
  const { t } = useTranslation("settings");
  const [chosen, setChosen] = useState<Branding["layout"]>();
  const [settled] = useDebouncedValue(wanted, 300);
  const shown = chosen ?? layout;
  const sample = useBrandingSample(settled, shown, branding.logo_url);
  const words: MailWords = t("branding.view", { returnObjects: true });
  return (
    <Panel
      title={t("branding.preview")}
      right={
        <SegmentedControl
          size="xs"
          aria-label={t("branding.shown")}
          data={(["plain", "branded"] as const).map((value) => ({
            value,
            label: t(`branding.layouts.${value}`),
          }))}
          value={shown}
          onChange={setChosen}
        />
      }
    >
      <Stack pb="sm" pt="xs">
        {sample.error !== null && <Text c="red">{sample.error.message}</Text>}
        {sample.data && <MailView html={sample.data.html} words={words} height={560} />}
      </Stack>
    </Panel>
  );
}
