// How each thing that happened looks.
import type { IconMail } from "@tabler/icons-react";
import {
  IconArrowBackUp,
  IconCalendarEvent,
  IconCircleCheck,
  IconGitBranch,
  IconListDetails,
  IconEye,
  IconMailX,
  IconNote,
  IconPencil,
  IconPhone,
  IconPointer,
  IconRobot,
  IconRoute,
  IconSparkles,
  IconTag,
  IconTrophy,
  IconUserOff,
  IconUserPlus,
} from "@tabler/icons-react";
import type { Entry } from "@/api/contacts";
import { lookOf } from "@/ui/kinds";

interface Look {
  readonly icon: typeof IconMail;
  readonly color: string;
  readonly tone?: "green";
}

const QUIET = "var(--db-text-2)";
const EVENTS: Readonly<Record<string, Look>> = {
  call_logged: { icon: IconPhone, color: "var(--db-rust)" },
  meeting_booked: { icon: IconCalendarEvent, color: "var(--db-green)" },
  meeting_cancelled: { icon: IconCalendarEvent, color: QUIET },
  converted: { icon: IconTrophy, color: "var(--db-green)" },
  bounced: { icon: IconMailX, color: "var(--db-rust)" },
  complained: { icon: IconUserOff, color: "var(--db-red)" },
  opened: { icon: IconEye, color: "var(--db-accent-text)" },
  clicked: { icon: IconPointer, color: "var(--db-accent-text)" },
  opted_out: { icon: IconUserOff, color: QUIET },
  contact_created: { icon: IconUserPlus, color: QUIET },
  tag_added: { icon: IconTag, color: QUIET },
  tag_removed: { icon: IconTag, color: QUIET },
  list_joined: { icon: IconListDetails, color: QUIET },
  list_left: { icon: IconListDetails, color: QUIET },
};
const MACHINE: Look = { icon: IconRobot, color: QUIET };
const KINDS: Readonly<Record<string, Look>> = {
  enrolled: { icon: IconRoute, color: QUIET },
  finished: { icon: IconCircleCheck, color: QUIET },
  note: { icon: IconNote, color: "var(--db-amber)" },
  decision: { icon: IconGitBranch, color: QUIET },
  event: { icon: IconPencil, color: QUIET },
};
const REPLY: Look = { icon: IconArrowBackUp, color: "var(--db-green)", tone: "green" };
const OTHER: Look = { icon: IconSparkles, color: QUIET };

/** A reply is green, the channels have their colours, all else is quiet. */
export function iconOf(entry: Entry): Look {
  return BY_KIND[entry.kind]?.(entry) ?? KINDS[entry.kind] ?? OTHER;
}

const BY_KIND: Readonly<Record<string, (entry: Entry) => Look | undefined>> = {
  message: ({ direction, word, channel }) => (direction === "in" ? reply(word) : lookOf(channel)),
  event: ({ word, visitor }) => (visitor === "machine" ? MACHINE : EVENTS[word]),
  task: () => lookOf("task"),
  call: () => lookOf("voice"),
  touch: ({ channel }) => ({ ...lookOf(channel), color: QUIET }),
};

const NO_ANSWERS = new Set(["bounce", "soft_bounce", "auto_reply", "out_of_office", "complaint"]);

function reply(word: string): Look {
  return NO_ANSWERS.has(word) ? { icon: IconMailX, color: QUIET } : REPLY;
}
