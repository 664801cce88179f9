import { Button, List, Skeleton, Stack } from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { type Finding, useDoctor } from "@/api/doctor";
import { EmptyRoom } from "@/ui/EmptyRoom";
import { Panel } from "@/ui/Panel";
import { Room } from "@/ui/Room";
import { Line } from "./Line";
import { grouped, type GroupName } from "./shape";

/** Why is nothing going out? What stops most stands first. */
export function Component() {
  const { t } = useTranslation("doctor");
  const { data, refetch, isFetching } = useDoctor();
  const groups = data && grouped(data.findings);
  return (
    <Room
      title={t("title")}
      meta={groups && t("meta", { count: groups.wrong.length })}
      actions={
        <Button
          variant="default"
          loading={isFetching && data === undefined}
          leftSection={<IconRefresh size={16} stroke={1.75} aria-hidden />}
          onClick={() => void refetch()}
        >
          {t("again")}
        </Button>
      }
      padded
    >
      {groups === undefined ? <Skeleton height={320} radius="lg" /> : <Groups groups={groups} />}
    </Room>
  );
}

interface GroupsProps {
  readonly groups: Readonly<Record<GroupName, readonly Finding[]>>;
}

function Groups({ groups }: GroupsProps) {
  const { t } = useTranslation("doctor");
  return (
    <Stack gap="lg" maw={880}>
      {groups.wrong.length === 0 && <EmptyRoom title={t("empty.title")} hint={t("empty.hint")} />}
      {(["wrong", "warned", "note", "ok"] as const).map(
        (name) =>
          groups[name].length > 0 && (
            <Panel
              key={name}
              title={t(`group.${name}`)}
              count={groups[name].length}
              {...(name === "wrong" && { tone: "red" as const })}
            >
              <List listStyleType="none" m={0} p={0} fz="inherit">
                {groups[name].map((finding, index) => (
                  <Line key={`${finding.code}${finding.object_id ?? index}`} finding={finding} />
                ))}
              </List>
            </Panel>
          ),
      )}
    </Stack>
  );
}
