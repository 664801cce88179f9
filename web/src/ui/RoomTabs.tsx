import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import { NavLink } from "react-router";
import classes from "./Room.module.css";

export interface RoomTab {
  /** Relative to the page that draws the tabs; "." is the first tab. */
  readonly to: string;
  readonly label: string;
  readonly count?: ReactNode;
  /** Pages below its address belong to other tabs. */
  readonly isExact?: boolean;
}

interface RoomTabsProps {
  /** Names the tabs for screen readers. */
  readonly label: string;
  readonly tabs: readonly RoomTab[];
}

/** The parts of a page, each at an address of its own. */
export function RoomTabs({ label, tabs }: RoomTabsProps) {
  return (
    <nav className={classes.tabs} aria-label={label}>
      {tabs.map((tab) => (
        <NavLink key={tab.to} to={tab.to} end={tab.isExact ?? tab.to === "."} className={classes.tab ?? ""}>
          {`${tab.label} `}
          {tab.count !== undefined && (
            <Text span inherit c="var(--db-text-3)" ml={6} className="tabular">
              {tab.count}
            </Text>
          )}
        </NavLink>
      ))}
    </nav>
  );
}
