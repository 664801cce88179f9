import { Anchor, Skeleton, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { ApiError } from "@/api/client";
import { useWhy, type Why as Answer } from "@/api/suppressions";
import { Moment } from "@/ui/Moment";
import { Panel, PanelRow } from "@/ui/Panel";
import { PersonName } from "@/ui/PersonName";
import { Problem } from "@/ui/Problem";
import { StateLabel, TouchLabel } from "@/ui/StateLabel";
import { Table } from "./Table";

/** Why an address was not contacted: what suppresses it, what was left out for it, which sequences ended. */
export function Why({ address }: { readonly address: string }) {
  const { t } = useTranslation("suppressions");
  const { data, error } = useWhy(address);
  if (error !== null) {
    const detail = error instanceof ApiError ? error.problem?.detail : undefined;
    return (
      <Stack px="xl" py="md">
        <Problem tone="amber" title={detail ?? t("failed")} />
      </Stack>
    );
  }
  return data === undefined ? <Skeleton m="xl" h={160} /> : <Told address={address} told={data} />;
}

interface ToldProps {
  readonly address: string;
  readonly told: Answer;
}

function Told({ address, told }: ToldProps) {
  const { t } = useTranslation("suppressions");
  const { suppressed, contact, suppressions } = told;
  return (
    <Stack gap="lg" pt="xs">
      <Stack gap={0} px="xl">
        <Problem
          tone={suppressed ? "red" : "green"}
          title={t(suppressed ? "why.suppressed" : "why.free", { address })}
          text={
            contact === null ? (
              t("why.stranger")
            ) : (
              <PersonName name={contact.name} to={`/contacts/${contact.id}`} />
            )
          }
        />
      </Stack>
      {suppressions.length > 0 && <Table rows={suppressions} {...WHOLE} empty={null} />}
      <Consequences told={told} />
    </Stack>
  );
}

const WHOLE = { hasMore: false, onMore: () => undefined, loading: false, failed: undefined };

function Consequences({ told: { left_out, ended } }: { readonly told: Answer }) {
  const { t } = useTranslation("suppressions");
  if (left_out.length + ended.length === 0) return null;
  return (
    <Stack px="xl" pb="xl" maw={760}>
      <Panel title={t("why.consequences")}>
        {left_out.map((touch, index) => (
          <PanelRow key={index}>
            <TouchLabel status={touch.status} reason={touch.reason} />
            <Text c="dimmed" ml="auto">
              {touch.enrollment_id !== null && (
                <Anchor component={Link} inherit to={`/enrollments/${touch.enrollment_id}`}>
                  {touch.sequence}
                </Anchor>
              )}{" "}
              {touch.at !== null && <Moment at={touch.at} />}
            </Text>
          </PanelRow>
        ))}
        {ended.map((one) => (
          <PanelRow key={one.enrollment_id}>
            <StateLabel state="finished" reason={one.reason} />
            <Text c="dimmed" ml="auto">
              <Anchor component={Link} inherit to={`/enrollments/${one.enrollment_id}`}>
                {one.sequence}
              </Anchor>{" "}
              {one.at !== null && <Moment at={one.at} />}
            </Text>
          </PanelRow>
        ))}
      </Panel>
    </Stack>
  );
}
