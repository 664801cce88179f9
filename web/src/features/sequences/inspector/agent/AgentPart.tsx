import { Anchor, Button, Group, SegmentedControl, Stack, Text } from "@mantine/core";
import { IconPencil, IconSparkles } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { EmailStep } from "@/flow/document";
import type { InspectorProps } from "../Inspector";
import { HintFields } from "../Hints";
import { useField } from "../useField";
import { authorOf } from "./author";
import { isSendable } from "./ownWords";
import { useWriter } from "./useWriter";
import { WriteDialog } from "./WriteDialog";
import { WriteThis } from "./WriteThis";

/** Who writes a message: you, or the agent by hints. What the agent lacks is said, and a step that it has can be taken back. */
export function AgentPart(props: InspectorProps) {
  const { t } = useTranslation("sequences");
  const change = useField<EmailStep>(props);
  const author = authorOf(props.step);
  const { agent, lacks } = useWriter(props.sequence);
  return (
    <Stack gap="sm">
      <div>
        <SegmentedControl<"person" | "agent">
          size="xs"
          aria-label={t("agent.author")}
          disabled={props.readOnly}
          value={author}
          data={[
            { value: "person", label: <Labelled icon={IconPencil} text={t("agent.byHand")} /> },
            {
              value: "agent",
              label: <Labelled icon={IconSparkles} text={t("agent.byAgent")} />,
              disabled: author === "person" && lacks !== undefined,
            },
          ]}
          onChange={(written_by) => {
            change("written_by", written_by);
          }}
        />
        {lacks !== undefined && (
          <Text fz="xs" c="dimmed" mt={4}>
            {t(`agent.lacks.${lacks}`)}{" "}
            <Anchor component={Link} to="/settings/agents" inherit underline="always">
              {t("agent.settings")}
            </Anchor>
          </Text>
        )}
      </div>
      {author === "person" && <ByHand {...props} canWrite={lacks === undefined} />}
      {author === "agent" && <ByAgent {...props} name={agent?.name ?? ""} canWrite={lacks === undefined} />}
    </Stack>
  );
}

interface ByHandProps extends InspectorProps {
  readonly canWrite: boolean;
}

/** What a person writes, a model may begin. */
function ByHand({ canWrite, ...props }: ByHandProps) {
  const { t } = useTranslation("sequences");
  const [shown, setShown] = useState(false);
  const { step, readOnly } = props;
  if (!isSendable(step) || readOnly) return null;
  return (
    <>
      <Button
        size="compact-xs"
        variant="subtle"
        w="fit-content"
        disabled={!canWrite}
        leftSection={<IconSparkles size={14} aria-hidden />}
        onClick={() => {
          setShown(true);
        }}
      >
        {t("write.open")}
      </Button>
      {shown && (
        <WriteThis
          {...props}
          step={step}
          onClose={() => {
            setShown(false);
          }}
        />
      )}
    </>
  );
}

interface ByAgentProps extends InspectorProps {
  readonly name: string;
  readonly canWrite: boolean;
}

function ByAgent({ name, canWrite, ...props }: ByAgentProps) {
  const { t } = useTranslation("sequences");
  const [shown, setShown] = useState(false);
  return (
    <Stack gap="sm">
      <HintFields {...props} />
      <Group gap="sm">
        <Button
          size="xs"
          variant="default"
          disabled={!canWrite}
          leftSection={<IconSparkles size={14} aria-hidden />}
          onClick={() => {
            setShown(true);
          }}
        >
          {t("agent.try")}
        </Button>
        {name !== "" && (
          <Text fz="xs" c="dimmed">
            {t("agent.writes", { name })}
          </Text>
        )}
      </Group>
      <Text fz="xs" c="dimmed">
        {t("agent.fallback")}
      </Text>
      {shown && (
        <WriteDialog
          {...props}
          onClose={() => {
            setShown(false);
          }}
        />
      )}
    </Stack>
  );
}

function Labelled({ icon: Icon, text }: { readonly icon: typeof IconPencil; readonly text: string }) {
  return (
    <Group gap={6} wrap="nowrap" component="span">
      <Icon size={14} stroke={1.75} aria-hidden />
      {text}
    </Group>
  );
}
