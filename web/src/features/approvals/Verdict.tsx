import { Text } from "@mantine/core";
import {
  IconAlertOctagon,
  IconAlertTriangle,
  IconCheck,
  IconHourglass,
  IconPencil,
  IconX,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Approval } from "@/api/approvals";
import classes from "./Approvals.module.css";

const LOOKS = {
  none: { icon: IconCheck, color: "var(--db-green)" },
  look: { icon: IconAlertTriangle, color: "var(--db-amber)" },
  stop: { icon: IconAlertOctagon, color: "var(--db-red)" },
  drafting: { icon: IconHourglass, color: "var(--db-text-3)" },
  approved: { icon: IconCheck, color: "var(--db-green)" },
  edited: { icon: IconPencil, color: "var(--db-green)" },
  autonomous: { icon: IconCheck, color: "var(--db-green)" },
  rejected: { icon: IconX, color: "var(--db-text-3)" },
  gone: { icon: IconX, color: "var(--db-text-3)" },
} as const;

/** What the checks say of a draft that waits; what became of one that does not. */
export function Verdict({ row }: { readonly row: Approval }) {
  return (
    <span className={classes.verdict}>
      <Checked verdict={verdictOf(row)} count={row.risk === "none" ? 0 : row.concerns[row.risk]} />
    </span>
  );
}

interface CheckedProps {
  readonly verdict: keyof typeof LOOKS;
  /** Of the concerns that it stands for. */
  readonly count: number;
}

/** A verdict in words, with its sign. */
export function Checked({ verdict, count }: CheckedProps) {
  const { t } = useTranslation("approvals");
  const { icon: Icon, color } = LOOKS[verdict];
  return (
    <span className={classes.doubt}>
      <Icon size={14} stroke={1.75} color={color} aria-hidden />
      <Text span inherit>
        {t(`verdict.${verdict}` as "verdict.look", { count })}
      </Text>
    </span>
  );
}

const DECISIONS = ["approved", "edited", "autonomous", "rejected"] as const;

function verdictOf({ status, decision, risk }: Approval): keyof typeof LOOKS {
  if (status === "in_approval") return risk;
  if (status === "drafting") return "drafting";
  return DECISIONS.find((each) => each === decision) ?? "gone";
}
