import { ActionIcon, Box, Group, Stack, Text, Title } from "@mantine/core";
import { IconCopy, IconTrash, IconX } from "@tabler/icons-react";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import type { Sequence } from "@/api/sequences";
import { blockOf } from "@/flow/blocks";
import type { Step } from "@/flow/document";
import { KindIcon } from "@/ui/kinds";
import type { Saving } from "../editor/copy";
import classes from "./Frame.module.css";
import type { LineProps } from "../editor/types";
import { AllNumbers } from "../numbers/StepNumbers";
import { jobTypeOf, kindWords } from "../stepWords";
import { AgentPart } from "./agent/AgentPart";
import { Checks } from "./Checks";
import { Detours } from "./Detours";
import { FORMS } from "./forms";
import { HintsSection, isSend } from "./Hints";
import { Lacking } from "./Lacking";
import { Name } from "./Name";
import { OnlyIf } from "./OnlyIf";
import { Onward } from "./Onward";
import { SavingWords } from "./SavingWords";
import { Timing } from "./Timing";
import { Trial } from "./Trial";

export interface InspectorProps extends LineProps {
  readonly step: Step;
  /** From 0, in the order of the line. */
  readonly position: number;
  readonly sequence: Sequence;
}

/** What can be read before it leaves, and sent to oneself. */
const TRIABLE: readonly string[] = ["email", "sms", "whatsapp"];

/** Everything about one step. */
export function Inspector({ saving, ...props }: InspectorProps & { readonly saving: Saving }) {
  const { t } = useTranslation("sequences");
  const { step } = props;
  return (
    <aside className={classes.inspector} aria-label={t("inspector.label")} data-inspector={step.key}>
      <Head {...props} />
      <Fields {...props} />
      <footer className={classes.foot}>
        <SavingWords saving={saving} />
        <Group ml="auto" gap="sm">
          {TRIABLE.includes(step.kind) && <Trial key={step.key} {...props} />}
        </Group>
      </footer>
    </aside>
  );
}

/** Saving comes and goes at each edit, and says nothing of the step. */
const Fields = memo(function Fields(props: InspectorProps) {
  const { step, problems } = props;
  const Form = FORMS[step.kind];
  return (
    <div className={classes.body}>
      <Stack gap="md">
        <Lacking step={step} />
        <AllNumbers step={step.key} />
        <Timing {...props} />
        {isSend(step.kind) && <AgentPart {...props} />}
        <Form {...props} />
        <Checks {...props} problems={problems} />
        <Box>
          <Name {...props} />
          <HintsSection {...props} />
          <OnlyIf {...props} />
          <Onward {...props} />
          <Detours {...props} />
        </Box>
      </Stack>
    </div>
  );
});

const Head = memo(function Head({ step, position, days, acts, readOnly, document }: InspectorProps) {
  const { t } = useTranslation("sequences");
  const hasCopies = blockOf(document, step.key).exit !== undefined;
  const moment = days.get(step.key);
  return (
    <header className={classes.head}>
      <span className={classes.tile}>
        <KindIcon kind={step.kind} jobType={jobTypeOf(step)} />
      </span>
      <div style={{ minWidth: 0 }}>
        <Title order={2}>{kindWords(t, step)}</Title>
        <Text fz="xs" c="dimmed" className="tabular">
          {t("inspector.place", { number: position + 1 })}
          {moment && ` · ${t(moment.certain ? "inspector.day" : "inspector.fromDay", { day: moment.day })}`}
        </Text>
      </div>
      <Group ml="auto" gap={4} wrap="nowrap">
        {!readOnly && (
          <>
            {hasCopies && (
              <ActionIcon
                aria-label={t("inspector.duplicate")}
                title={t("inspector.duplicate")}
                onClick={() => {
                  acts.duplicate(step.key);
                }}
              >
                <IconCopy size={16} />
              </ActionIcon>
            )}
            <ActionIcon
              aria-label={t("inspector.remove")}
              title={t("inspector.remove")}
              onClick={() => {
                acts.remove(step.key);
              }}
            >
              <IconTrash size={16} />
            </ActionIcon>
          </>
        )}
        <ActionIcon
          aria-label={t("inspector.close")}
          title={t("inspector.close")}
          onClick={() => {
            acts.choose(undefined);
          }}
        >
          <IconX size={16} />
        </ActionIcon>
      </Group>
    </header>
  );
});
