import { Box, Button, Group, Stack, Text, Title } from "@mantine/core";
import { IconAlertOctagon, IconCheck, IconQuestionMark } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/api/client";
import { type Domain, type DomainAct, type DomainRecord, useDomainAct, useDomains } from "@/api/mailboxes";
import { useMay } from "@/api/session";
import { CopyField } from "@/ui/CopyField";
import { EmptyRoom } from "@/ui/EmptyRoom";
import { Moment } from "@/ui/Moment";
import { Problem } from "@/ui/Problem";
import { Marked } from "@/ui/StateLabel";
import { LinkHost } from "./LinkHost";
import classes from "./Settings.module.css";
import { TableSection } from "./TableSection";

/** The domains that senders send from: how their records stand, what to add, signing. */
export function DomainsSection() {
  const { t } = useTranslation("settings");
  const { data } = useDomains();
  return (
    <TableSection title={t("domains.title")} intro={t("domains.intro")}>
      {data?.length === 0 ? (
        <EmptyRoom title={t("domains.empty")} hint={t("domains.emptyHint")} />
      ) : (
        <Stack gap="xl" className={classes.cards ?? ""}>
          {data?.map((each) => (
            <DomainCard key={each.domain} shown={each} />
          ))}
        </Stack>
      )}
    </TableSection>
  );
}

function DomainCard({ shown }: { readonly shown: Domain }) {
  const may = useMay();
  const act = useDomainAct();
  const said = act.error instanceof ApiError ? act.error.problem?.detail : act.error?.message;
  return (
    <Box component="article" aria-label={shown.domain}>
      <Group justify="space-between" align="flex-start">
        <div>
          <Title order={3}>{shown.domain}</Title>
          <About shown={shown} />
        </div>
        {may("senders.edit") && <Acts shown={shown} act={act} />}
      </Group>
      <Stack gap="sm" mt="sm">
        {said !== undefined && <Problem tone="red" title={said} />}
        {shown.found.map((record) => (
          <RecordLine key={record.what} record={record} />
        ))}
        {isToPublish(shown) && <ToPublish shown={shown} />}
        <LinkHost shown={shown} />
      </Stack>
    </Box>
  );
}

function About({ shown }: { readonly shown: Domain }) {
  const { t } = useTranslation("settings");
  return (
    <Text c="dimmed" fz="sm">
      {t("domains.senders", { count: shown.senders })}
      {shown.signs && `, ${t("domains.signs")}`}
      {" · "}
      {shown.checked_at === null ? (
        t("domains.unchecked")
      ) : (
        <>
          {t("domains.checked")} <Moment at={shown.checked_at} relative />
        </>
      )}
    </Text>
  );
}

/** There is a key that does not sign yet, and no line of the last check that says what to add for it. */
function isToPublish({ record, signs, found }: Domain): boolean {
  return record !== "" && !signs && !found.some(({ what, add }) => what === "dkim" && add !== "");
}

function ToPublish({ shown }: { readonly shown: Domain }) {
  const { t } = useTranslation("settings");
  const label = `${t("domains.keyText")} ${t("domains.addAt", { name: shown.name })}`;
  return <CopyField label={label} value={shown.record} />;
}

function Acts({ shown, act }: { readonly shown: Domain; readonly act: ReturnType<typeof useDomainAct> }) {
  const { t } = useTranslation("settings");
  const next = shown.signs
    ? ({ act: "stop-signing", label: "domains.stopSigning" } as const)
    : shown.record === ""
      ? ({ act: "key", label: "domains.key" } as const)
      : ({ act: "sign", label: "domains.sign" } as const);
  const button = (what: DomainAct, label: string) => (
    <Button
      key={what}
      size="xs"
      variant="default"
      disabled={act.isPending}
      loading={act.isPending && act.variables.act === what}
      onClick={() => {
        act.mutate({ domain: shown.domain, act: what });
      }}
    >
      {label}
    </Button>
  );
  return (
    <Group gap="sm">
      {button(next.act, t(next.label))}
      {button("check", t("domains.check"))}
    </Group>
  );
}

const LOOKS = {
  ok: { icon: IconCheck, color: "var(--db-green)", wash: "var(--db-green-wash)" },
  warning: { icon: IconAlertOctagon, color: "var(--db-amber)", wash: "var(--db-amber-wash)" },
  missing: { icon: IconAlertOctagon, color: "var(--db-red)", wash: "var(--db-red-wash)" },
  wrong: { icon: IconAlertOctagon, color: "var(--db-red)", wash: "var(--db-red-wash)" },
  unknown: { icon: IconQuestionMark, color: "var(--db-text-3)", wash: "var(--db-hover)" },
} as const;

function RecordLine({ record }: { readonly record: DomainRecord }) {
  const { t } = useTranslation("settings");
  return (
    <Box className={classes.record ?? ""}>
      <Text span fw={500}>
        {t(`domains.record.${record.what}`)}
      </Text>
      <div>
        <Marked look={LOOKS[record.mark]} label={t(`domains.mark.${record.mark}`)} note="" />
        <Text c="dimmed">{record.text}</Text>
        {record.add !== "" && (
          <CopyField label={t("domains.addAt", { name: record.name })} value={record.add} />
        )}
      </div>
    </Box>
  );
}
