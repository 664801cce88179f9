import { Button, Group, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { ApiError } from "@/api/client";
import { useCreateSegment } from "@/api/segments";
import type { Condition } from "@/flow/condition";
import { ruleOn } from "@/flow/rules";
import { Room } from "@/ui/Room";
import { Asks, isWhole } from "./Asks";
import classes from "./Segments.module.css";

const BEGUN: Condition = { combinator: "and", rules: [ruleOn("tag", "names")] };

const EXAMPLES = {
  tag: BEGUN,
  silent: { combinator: "and", rules: [{ field: "event.replied", operator: "not_happened", days: 30 }] },
  noMeeting: { combinator: "and", rules: [{ field: "event.meeting_booked", operator: "not_happened" }] },
} as const satisfies Record<string, Condition>;

interface ExamplesProps {
  readonly onChoose: (condition: Condition) => void;
}

/** Questions that many ask, to begin with. */
function Examples({ onChoose }: ExamplesProps) {
  const { t } = useTranslation("lists");
  return (
    <Group gap={6} role="group" aria-label={t("segments.new.begin")}>
      <Text fz="xs" c="dimmed">
        {t("segments.new.begin")}
      </Text>
      {(["tag", "silent", "noMeeting"] as const).map((example) => (
        <Button
          key={example}
          size="xs"
          variant="default"
          onClick={() => {
            onChoose(EXAMPLES[example]);
          }}
        >
          {t(`segments.new.example.${example}`)}
        </Button>
      ))}
    </Group>
  );
}

/** A name and a condition make a segment; who fits is counted while one writes. */
export function Component() {
  const { t } = useTranslation("lists");
  const navigate = useNavigate();
  const [name, setName] = useState("");
  const [condition, setCondition] = useState(BEGUN);
  const create = useCreateSegment();
  const problem = create.error instanceof ApiError ? create.error.problem?.detail : undefined;
  return (
    <Room title={t("segments.new.title")} within={{ to: "/lists/segments", title: t("segments.title") }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate(
            { name, condition: { ...condition } },
            { onSuccess: ({ id }) => void navigate(`/lists/segments/${id}`, { replace: true }) },
          );
        }}
      >
        <Asks condition={condition} readOnly={false} onChange={setCondition}>
          <Examples onChoose={setCondition} />
          <div className={classes.foot}>
            <TextInput
              flex="1 1 220px"
              maw={360}
              label={t("segments.name")}
              placeholder={t("segments.new.place")}
              value={name}
              maxLength={200}
              error={create.isError ? (problem ?? t("segments.failed")) : undefined}
              onChange={(event) => {
                setName(event.currentTarget.value);
              }}
            />
            <Button
              type="submit"
              disabled={name.trim() === "" || !isWhole(condition)}
              loading={create.isPending}
            >
              {t("segments.new.do")}
            </Button>
          </div>
        </Asks>
      </form>
    </Room>
  );
}
