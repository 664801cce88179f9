import { Box, Button, Group, Skeleton, Stack, Text, Textarea } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Panel } from "@/ui/Panel";
import { Problem } from "@/ui/Problem";
import classes from "./Settings.module.css";
import { type Settings, useSettings } from "./useSettings";

/** What stands below each mail. */
export function BrandingSection() {
  const { values, mayEdit, set } = useSettings();
  if (values === undefined) return <Skeleton h={260} maw={680} radius="lg" />;
  // A new address from elsewhere begins the form anew.
  return (
    <AddressForm key={values.postal_address} address={values.postal_address} mayEdit={mayEdit} set={set} />
  );
}

interface AddressFormProps extends Pick<Settings, "mayEdit" | "set"> {
  readonly address: string;
}

function AddressForm({ address, mayEdit, set }: AddressFormProps) {
  const { t } = useTranslation("settings");
  const [draft, setDraft] = useState(address);
  return (
    <Stack gap="lg" className={classes.narrow}>
      <Panel title={t("section.branding")}>
        <Stack gap="md" pb="sm">
          {address === "" && (
            <Problem tone="amber" title={t("branding.missing")} text={t("branding.missingText")} />
          )}
          <Textarea
            label={t("branding.address")}
            description={t("branding.addressHint")}
            value={draft}
            onChange={(event) => {
              setDraft(event.currentTarget.value);
            }}
            disabled={!mayEdit}
            autosize
            minRows={3}
            maxLength={1000}
            autoComplete="street-address"
          />
          <Group>
            <Button
              disabled={!mayEdit || draft.trim() === address}
              onClick={() => {
                set({ postal_address: draft.trim() });
              }}
            >
              {t("branding.save")}
            </Button>
          </Group>
        </Stack>
      </Panel>
      <Panel title={t("branding.preview")}>
        <Box className={classes.footer} mb="sm">
          {draft.trim() !== "" && <Text inherit>{draft.trim()}</Text>}
          <Text inherit td="underline" span>
            {t("branding.unsubscribe")}
          </Text>
        </Box>
      </Panel>
    </Stack>
  );
}
