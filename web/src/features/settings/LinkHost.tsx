import { Box, Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/api/client";
import { type Domain, useLinkHost } from "@/api/mailboxes";
import { useMay } from "@/api/session";
import { CopyField } from "@/ui/CopyField";
import { Moment } from "@/ui/Moment";
import { Problem } from "@/ui/Problem";

/** The host under which a domain's tracked links lead: chosen, then proven by its records and a call. */
export function LinkHost({ shown }: { readonly shown: Domain }) {
  const { t } = useTranslation("settings");
  const may = useMay();
  const act = useLinkHost(shown.domain);
  const said = act.error instanceof ApiError ? act.error.problem?.detail : act.error?.message;
  return (
    <Box component="section" aria-label={t("domains.links.title")}>
      <Text fw={500}>{t("domains.links.title")}</Text>
      <State shown={shown} />
      <Stack gap="sm" mt="xs">
        {said !== undefined && <Problem tone="red" title={said} />}
        {may("senders.edit") && <Chosen key={shown.link_host} shown={shown} act={act} />}
        {shown.link_host_proven_at === null && <ToProve shown={shown} />}
      </Stack>
    </Box>
  );
}

function ToProve({ shown }: { readonly shown: Domain }) {
  const { t } = useTranslation("settings");
  if (shown.link_host === "") return null;
  return (
    <>
      {shown.link_records.map(({ kind, name, value }) => (
        <CopyField key={kind} label={t("domains.links.add", { kind, name })} value={value} />
      ))}
      <Text c="dimmed" fz="sm">
        {t("domains.links.certificate", { host: shown.link_host })}
      </Text>
    </>
  );
}

function State({ shown }: { readonly shown: Domain }) {
  const { t } = useTranslation("settings");
  return (
    <Text c="dimmed" fz="sm">
      {shown.link_host_proven_at === null ? (
        t(shown.link_host === "" ? "domains.links.none" : "domains.links.unproven")
      ) : (
        <>
          {t("domains.links.proven")} <Moment at={shown.link_host_proven_at} relative />
        </>
      )}
    </Text>
  );
}

interface ChosenProps {
  readonly shown: Domain;
  readonly act: ReturnType<typeof useLinkHost>;
}

function Chosen({ shown, act }: ChosenProps) {
  const { t } = useTranslation("settings");
  const [host, setHost] = useState(shown.link_host);
  const isNew = host.trim() !== shown.link_host;
  return (
    <Group
      component="form"
      gap="sm"
      align="flex-end"
      onSubmit={(event) => {
        event.preventDefault();
        act.mutate(isNew ? host.trim() : undefined);
      }}
    >
      <TextInput
        label={t("domains.links.host")}
        placeholder={`links.${shown.domain}`}
        value={host}
        onChange={(event) => {
          setHost(event.currentTarget.value);
        }}
        w={280}
      />
      <Button
        type="submit"
        size="xs"
        variant="default"
        loading={act.isPending}
        disabled={!isNew && shown.link_host === ""}
      >
        {t(isNew ? "domains.links.save" : "domains.links.prove")}
      </Button>
    </Group>
  );
}
