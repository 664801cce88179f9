import { Divider, Text, UnstyledButton } from "@mantine/core";
import { IconX, type IconMail } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import classes from "./BulkBar.module.css";

interface BulkBarProps {
  readonly count: number;
  /** Also what Esc does, which the table hears. */
  readonly onClear: () => void;
  readonly children: ReactNode;
}

/** What can be done with the rows that are selected: dark, floating, and each act says how many it touches. */
export function BulkBar({ count, onClear, children }: BulkBarProps) {
  const { t } = useTranslation("ui");
  if (count === 0) return null;
  return (
    <div className={classes.place}>
      <div className={classes.float}>
        <div role="toolbar" aria-label={t("bulk.label")} className={classes.bar}>
          <Text span inherit className={`tabular ${classes.count ?? ""}`} role="status">
            {t("bulk.selected", { count })}
          </Text>
          <Divider orientation="vertical" className={classes.line ?? ""} />
          <div className={classes.acts}>{children}</div>
          <Divider orientation="vertical" className={classes.line ?? ""} />
          <UnstyledButton className={classes.quiet} onClick={onClear}>
            <span className={classes.key}>Esc</span>
            <IconX size={18} stroke={1.75} className={classes.cross ?? ""} aria-hidden />
            <span className={classes.unseen}>{t("table.keys.leave")}</span>
          </UnstyledButton>
        </div>
      </div>
    </div>
  );
}

interface BulkActProps {
  readonly icon?: typeof IconMail;
  /** With its count: "Stop 3, 12 steps will not run". */
  readonly label: string;
  readonly onClick: () => void;
  readonly tone?: "red";
  readonly busy?: boolean;
}

export function BulkAct({ icon: Icon, label, onClick, tone, busy = false }: BulkActProps) {
  return (
    <UnstyledButton className={classes.act} data-tone={tone} onClick={onClick} disabled={busy}>
      {Icon && <Icon size={16} stroke={1.75} aria-hidden />}
      {label}
    </UnstyledButton>
  );
}
