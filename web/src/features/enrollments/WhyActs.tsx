import { Button, Group } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import {
  type Moved,
  type Resolution,
  useMoveEnrollments,
  useResolveEnrollments,
  type Verb,
  type Why,
} from "@/api/enrollments";
import { useMay } from "@/api/session";
import { StopDialog } from "./StopDialog";
import { useSaid } from "./useSaid";

const VERBS: Readonly<Record<string, Verb>> = { resume: "resume", retry: "resume", pause: "pause" };
const RESOLUTIONS: Readonly<Record<string, Resolution>> = {
  arrived: "arrived",
  send_again: "send_again",
  skip: "skip",
};

/** What a person can do: the first is the one that helps. */
export function WhyActs({ why, quiet = false }: { readonly why: Why; readonly quiet?: boolean }) {
  const may = useMay()("enrollments.edit");
  const [stops, setStops] = useState(false);
  const acts = why.acts.filter((act) => act !== "approve" && act !== "reject");
  if (acts.length === 0) return null;
  return (
    <Group gap="sm" pt="sm" style={{ borderTop: "1px solid var(--db-line)" }}>
      {acts.map((act, index) => (
        <Act
          key={act}
          act={act}
          why={why}
          isFirst={index === 0 && !quiet}
          isAllowed={may}
          onStop={() => {
            setStops(true);
          }}
        />
      ))}
      {stops && (
        <StopDialog
          selected={{ ids: [why.id] }}
          onClose={() => {
            setStops(false);
          }}
        />
      )}
    </Group>
  );
}

interface ActProps {
  readonly act: string;
  readonly why: Why;
  readonly isFirst: boolean;
  readonly isAllowed: boolean;
  readonly onStop: () => void;
}

function Act({ act, why, isFirst, isAllowed, onStop }: ActProps) {
  const { t } = useTranslation("enrollments");
  const said = useSaid();
  const move = useMoveEnrollments({ said: ({ verb }, data: Moved) => said(verb, data) });
  const resolve = useResolveEnrollments({ said: (_, data) => said("resolve", data) });
  const label = t(`act.${act}` as "act.stop", { defaultValue: act });
  const look = {
    size: "xs",
    variant: isFirst && act !== "pause" && act !== "stop" ? "filled" : "default",
  } as const;
  const to = linkOf(act, why);
  if (to !== undefined) {
    return (
      <Button component={Link} to={to} {...look}>
        {label}
      </Button>
    );
  }
  if (!isAllowed) return null;
  const verb = VERBS[act];
  const resolution = RESOLUTIONS[act];
  const press = () => {
    if (verb !== undefined) move.mutate({ verb, selected: { ids: [why.id] } });
    else if (resolution !== undefined) resolve.mutate({ ids: [why.id], resolution });
    else onStop();
  };
  return (
    <Button
      {...look}
      {...(act === "stop" && { c: "red" })}
      loading={move.isPending || resolve.isPending}
      onClick={press}
    >
      {label}
    </Button>
  );
}

function linkOf(act: string, why: Why): string | undefined {
  const links: Readonly<Record<string, string>> = {
    answer: `/inbox/${why.contact.id}`,
    open_contact: `/contacts/${why.contact.id}`,
    open_sender: why.sender === null ? "/senders" : `/senders/${why.sender.id}`,
    open_senders: "/senders",
    open_doctor: "/doctor",
    lift_stop: "/settings/stop",
    resume_sequence: "/sequences",
    do_task: "/tasks",
  };
  return links[act];
}
