import { Box, Button, Group, Skeleton, Stack, Text, Title, UnstyledButton } from "@mantine/core";
import { IconGitCompare } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { useVersions, type Version } from "@/api/sequenceContent";
import type { Sequence } from "@/api/sequences";
import { Avatar } from "@/ui/Avatar";
import { EmptyRoom } from "@/ui/EmptyRoom";
import { Moment } from "@/ui/Moment";
import { Changes } from "./compare/Changes";
import { Counts } from "./compare/Counts";
import { DRAFT, REPLACED, useCompared, type Compared } from "./compare/useSides";
import classes from "./history/History.module.css";
import { Restore } from "./history/Restore";
import { useReplaced } from "./history/useReplaced";
import { MoveDialog } from "./publish/MoveDialog";
import { useSequenceContext } from "./SequenceContext";

/** The versions of the sequence, and what the working copy says otherwise. */
export function Component() {
  const { t } = useTranslation("sequences");
  const { sequence } = useSequenceContext();
  const versions = useVersions(sequence.id).data?.items;
  const [params, setParams] = useSearchParams();
  if (versions === undefined) return <Skeleton m="xl" height={200} w="auto" />;
  const chosen = versions.find(({ number }) => String(number) === params.get("version")) ?? versions[0];
  if (chosen === undefined) return <EmptyRoom title={t("history.none")} hint={t("history.noneHint")} />;
  return (
    <div className={classes.two}>
      <Stack gap={0} component="nav" aria-label={t("history.versions")} className={classes.list}>
        {versions.map((version) => (
          <Entry
            key={version.number}
            version={version}
            chosen={version === chosen}
            onChoose={() => {
              setParams({ version: String(version.number) }, { replace: true });
            }}
          />
        ))}
        <BeforeRestore />
      </Stack>
      <Difference version={chosen} />
    </div>
  );
}

/** The working copy that was replaced last, and the way to it. */
function BeforeRestore() {
  const { t } = useTranslation("compare");
  const { sequence, editor } = useSequenceContext();
  const { replaced } = useReplaced(sequence.id, editor?.document);
  if (replaced === undefined) return null;
  return (
    <UnstyledButton
      component={Link}
      to={`/sequences/${sequence.id}/history/compare?before=${REPLACED}`}
      className={classes.entry ?? ""}
    >
      <Text fw={500}>{t("replaced")}</Text>
      <Text fz="xs" c="dimmed">
        <Moment at={replaced.at} />
      </Text>
    </UnstyledButton>
  );
}

interface EntryProps {
  readonly version: Version;
  readonly chosen: boolean;
  readonly onChoose: () => void;
}

function Entry({ version, chosen, onChoose }: EntryProps) {
  const { t } = useTranslation("sequences");
  const { number, published_by, published_at, people, current, step_count } = version;
  return (
    <UnstyledButton className={classes.entry ?? ""} aria-current={chosen || undefined} onClick={onChoose}>
      <Group gap="sm" wrap="nowrap">
        <Text fw={600}>{t("history.version", { number })}</Text>
        {current && (
          <Text fz="xs" c="var(--db-accent-text)" fw={500}>
            {t("history.live")}
          </Text>
        )}
        <Text fz="xs" c="dimmed" ml="auto">
          <Moment at={published_at} />
        </Text>
      </Group>
      <Group gap={6} wrap="nowrap" mt={2}>
        {published_by && <Avatar name={published_by.name} size={18} />}
        <Text fz="xs" c="dimmed" truncate className="tabular">
          {[
            published_by?.name ?? t("card.nobody"),
            t("rhythm.steps", { count: step_count }),
            t("history.people", { count: people }),
          ].join(" · ")}
        </Text>
      </Group>
    </UnstyledButton>
  );
}

/** What the working copy says otherwise than a version. */
function Difference({ version }: { readonly version: Version }) {
  const { t } = useTranslation("sequences");
  const context = useSequenceContext();
  const { number } = version;
  const both = useCompared(context, String(number), DRAFT);
  return (
    <Box className={classes.detail ?? ""}>
      <Group justify="space-between" mb="md">
        <Title order={2}>{t("history.since", { number })}</Title>
        <Acts version={version} both={both} />
      </Group>
      {both === undefined ? (
        <Skeleton height={120} />
      ) : (
        <>
          <Text c="dimmed" mb="md">
            <Counts comparison={both.comparison} />
          </Text>
          <Changes {...both} />
        </>
      )}
    </Box>
  );
}

interface ActsProps {
  readonly version: Version;
  /** It, and the working copy. */
  readonly both: Compared | undefined;
}

function Acts({ version: { number, current, movable }, both }: ActsProps) {
  const { t } = useTranslation("compare");
  const { sequence, editor, mayEdit } = useSequenceContext();
  const mayMove = mayEdit && current && movable > 0;
  return (
    <Group gap="sm">
      <Button
        component={Link}
        to={`/sequences/${sequence.id}/history/compare?before=${number}`}
        size="xs"
        variant="default"
        leftSection={<IconGitCompare size={15} stroke={1.75} />}
      >
        {t("open")}
      </Button>
      <MoveHere sequence={sequence} number={number} offered={mayMove} />
      {mayEdit && editor && both && both.comparison.steps.length > 0 && (
        <Restore {...{ sequence, editor }} sides={both.sides} name={t("version", { number })} />
      )}
    </Group>
  );
}

interface MoveHereProps {
  readonly sequence: Sequence;
  readonly number: number;
  /** Nobody is left to move once they are: the dialog that moves them stays all the same, and says so. */
  readonly offered: boolean;
}

function MoveHere({ offered, ...props }: MoveHereProps) {
  const { t } = useTranslation("sequences");
  const [moving, setMoving] = useState(false);
  return (
    <>
      {offered && (
        <Button
          size="xs"
          variant="default"
          onClick={() => {
            setMoving(true);
          }}
        >
          {t("move.later")}
        </Button>
      )}
      {moving && (
        <MoveDialog
          {...props}
          onClose={() => {
            setMoving(false);
          }}
        />
      )}
    </>
  );
}
