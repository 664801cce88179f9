import {
  IconArrowsSplit2,
  IconBell,
  IconBrandWhatsapp,
  IconCheckbox,
  IconClockPause,
  IconDiamond,
  IconFlag,
  IconForms,
  IconListCheck,
  IconMail,
  IconMessage,
  IconPhone,
  IconRecordMail,
  IconRepeat,
  IconRoute,
  IconShieldX,
  IconSparkles,
  IconStairs,
  IconTag,
  IconWebhook,
} from "@tabler/icons-react";

type Icon = typeof IconMail;

interface Look {
  readonly icon: Icon;
  readonly color: string;
}

const LOGIC = "var(--db-text-2)";

/** Icon and colour of each kind of step: only what reaches a person has a colour. */
const KINDS: Record<string, Look> = {
  email: { icon: IconMail, color: "var(--db-accent-text)" },
  sms: { icon: IconMessage, color: "var(--db-violet)" },
  whatsapp: { icon: IconBrandWhatsapp, color: "var(--db-green)" },
  voice: { icon: IconPhone, color: "var(--db-rust)" },
  voicemail_drop: { icon: IconRecordMail, color: "var(--db-rust)" },
  task: { icon: IconCheckbox, color: "var(--db-amber)" },
  notify: { icon: IconBell, color: LOGIC },
  condition: { icon: IconDiamond, color: LOGIC },
  split: { icon: IconArrowsSplit2, color: LOGIC },
  ai_decide: { icon: IconSparkles, color: LOGIC },
  ai_qualify: { icon: IconSparkles, color: LOGIC },
  wait_for: { icon: IconClockPause, color: LOGIC },
  go_to: { icon: IconRepeat, color: LOGIC },
  webhook: { icon: IconWebhook, color: LOGIC },
  tag: { icon: IconTag, color: LOGIC },
  list: { icon: IconListCheck, color: LOGIC },
  set_field: { icon: IconForms, color: LOGIC },
  set_stage: { icon: IconStairs, color: LOGIC },
  other_sequence: { icon: IconRoute, color: LOGIC },
  suppress: { icon: IconShieldX, color: LOGIC },
};

const OTHER: Look = { icon: IconFlag, color: LOGIC };

/** Return how a step of this kind looks; a voicemail drop is a voice step of its own job type. */
export function lookOf(kind: string, jobType = ""): Look {
  return KINDS[jobType] ?? KINDS[kind] ?? OTHER;
}

interface KindIconProps {
  readonly kind: string;
  readonly jobType?: string;
  readonly size?: number;
}

/** The icon of a kind of step, in its colour; the word stands beside it. */
export function KindIcon({ kind, jobType = "", size = 16 }: KindIconProps) {
  const look = lookOf(kind, jobType);
  return <look.icon size={size} stroke={1.75} color={look.color} aria-hidden style={{ flex: "none" }} />;
}
