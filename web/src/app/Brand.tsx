import { Group, Text } from "@mantine/core";
import classes from "./Shell.module.css";

/** The mark, three beats, and the workspace that one works in. */
export function Brand({ workspace }: { readonly workspace: string }) {
  return (
    <Group gap={9} px="sm" pt={4} pb="md" wrap="nowrap">
      <svg viewBox="0 0 24 24" width={22} height={22} aria-hidden style={{ flex: "none" }}>
        <rect x="1" y="1" width="22" height="22" rx="7" fill="var(--db-accent)" />
        <path
          d="M6.5 9.5v5M12 6.5v11M17.5 11v2"
          stroke="var(--db-on-accent)"
          strokeWidth={2.2}
          strokeLinecap="round"
        />
      </svg>
      <Text fz="md" fw={600} lts="-0.01em" className={classes.name}>
        drumbeat
      </Text>
      <Text c="dimmed" ml="auto" truncate className={classes.name} title={workspace}>
        {workspace}
      </Text>
    </Group>
  );
}
