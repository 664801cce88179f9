import { Anchor, Group, Text } from "@mantine/core";
import { Link } from "react-router";
import { Avatar } from "./Avatar";

interface PersonNameProps {
  readonly name: string;
  readonly company?: string | null | undefined;
  /** The page of the person. */
  readonly to?: string;
  readonly avatar?: boolean;
}

/** A person on one line: initials, name, company. */
export function PersonName({ name, company, to, avatar = true }: PersonNameProps) {
  return (
    <Group gap={10} wrap="nowrap" miw={0} component="span">
      {avatar && <Avatar name={name} />}
      <Text span inherit truncate>
        {to === undefined ? (
          <Text span inherit fw={500}>
            {name}
          </Text>
        ) : (
          <Anchor component={Link} to={to} inherit fw={500} c="var(--db-text)">
            {name}
          </Anchor>
        )}
        {company != null && company !== "" && (
          <Text span inherit c="var(--db-text-3)">
            {` ${company}`}
          </Text>
        )}
      </Text>
    </Group>
  );
}
