import { Anchor, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

interface FigureProps {
  readonly value: number | string;
  readonly label: string;
  /** Its definition, or what stands behind it. */
  readonly hint?: string;
  /** Where the people behind the number are. */
  readonly to?: string;
  readonly size?: "card" | "page";
  readonly children?: ReactNode;
}

/** A number with its label below. */
export function Figure({ value, label, hint, to, size = "page", children }: FigureProps) {
  const { i18n } = useTranslation();
  const text = typeof value === "number" ? value.toLocaleString(i18n.language) : value;
  const look = size === "card" ? { fz: 16, lh: "22px" } : { fz: 24, lh: "32px" };
  return (
    <div title={hint}>
      <Text {...look} fw={600} lts="-0.02em" className="tabular">
        {to === undefined ? (
          text
        ) : (
          <Anchor component={Link} to={to} inherit c="var(--db-text)">
            {text}
          </Anchor>
        )}
      </Text>
      <Text fz="xs" c="dimmed">
        {label}
      </Text>
      {children}
    </div>
  );
}
