import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconBan,
  IconBeach,
  IconHelp,
  IconMail,
  IconMailX,
  IconRobot,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import classes from "./Inbox.module.css";

const LOOKS: Readonly<Record<string, readonly [typeof IconMail, string]>> = {
  reply: [IconArrowBackUp, "var(--db-green)"],
  weak_reply: [IconHelp, "var(--db-violet)"],
  auto_reply: [IconRobot, "var(--db-text-3)"],
  out_of_office: [IconBeach, "var(--db-amber)"],
  opt_out: [IconBan, "var(--db-text-3)"],
  complaint: [IconAlertTriangle, "var(--db-red)"],
  bounce: [IconMailX, "var(--db-rust)"],
  soft_bounce: [IconMailX, "var(--db-rust)"],
};

/** The class of a mail: icon and word. */
export function KindLabel({ kind }: { readonly kind: string }) {
  const { t } = useTranslation("inbox");
  const [Icon, color] = LOOKS[kind] ?? [IconMail, "var(--db-text-3)"];
  return (
    <span className={classes.kind}>
      <Icon size={14} stroke={1.75} color={color} aria-hidden />
      {t(`kind.${kind}` as "kind.reply", { defaultValue: t("kind.other") })}
    </span>
  );
}
