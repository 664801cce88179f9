// How each state looks: icon, colour, wash. The word always stands beside it.
import {
  IconAlertOctagon,
  IconArrowBackUp,
  IconCheck,
  IconChecks,
  IconCircleCheck,
  IconClock,
  IconHourglass,
  IconMailX,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerSkipForward,
  IconSend,
  IconSquare,
  IconUserOff,
} from "@tabler/icons-react";

export interface Look {
  readonly icon: typeof IconCheck;
  readonly color: string;
  readonly wash: string;
}

function look(icon: Look["icon"], color: string, wash = `${color}-wash`): Look {
  return { icon, color: `var(--db-${color})`, wash: `var(--db-${wash})` };
}

export const ACTIVE = look(IconPlayerPlay, "accent-text", "accent-wash");
export const WAITING = look(IconHourglass, "violet");
export const PAUSED = look(IconPlayerPause, "amber");
export const BLOCKED = look(IconAlertOctagon, "red");
const REPLIED = look(IconArrowBackUp, "green");
const COMPLETED = look(IconCircleCheck, "text-3", "hover");
const STOPPED = look(IconSquare, "text-3", "hover");
const UNSUBSCRIBED = look(IconUserOff, "text-3", "hover");
const BOUNCED = look(IconMailX, "rust");

const STATES: Readonly<Record<string, Look>> = {
  pending_review: WAITING,
  active: ACTIVE,
  awaiting: ACTIVE,
  paused: PAUSED,
  blocked: BLOCKED,
};

const ENDS: Readonly<Record<string, Look>> = {
  completed: COMPLETED,
  goal: COMPLETED,
  replied: REPLIED,
  called: REPLIED,
  meeting_booked: REPLIED,
  converted: REPLIED,
  opted_out: UNSUBSCRIBED,
  complained: UNSUBSCRIBED,
  suppressed: UNSUBSCRIBED,
  bounced: BOUNCED,
  failed: BLOCKED,
};

/** Return how an enrollment looks; a finished one by what finished it. */
export function enrollmentLook(state: string, reason = ""): Look {
  if (state === "finished") return ENDS[reason] ?? STOPPED;
  return STATES[state] ?? STOPPED;
}

const PLANNED = look(IconClock, "text-3", "hover");

const TOUCHES: Readonly<Record<string, Look>> = {
  planned: PLANNED,
  scheduled: PLANNED,
  drafting: WAITING,
  in_approval: WAITING,
  in_progress: ACTIVE,
  sending: look(IconSend, "accent-text", "accent-wash"),
  sent: look(IconCheck, "green"),
  delivered: look(IconCheck, "green"),
  read: look(IconChecks, "green"),
  completed: look(IconCheck, "green"),
  skipped: look(IconPlayerSkipForward, "text-3", "hover"),
  failed: BLOCKED,
  interrupted: BLOCKED,
};

/** Return how a touch or a task looks. */
export function touchLook(status: string): Look {
  return TOUCHES[status] ?? STOPPED;
}
