import { Anchor } from "@mantine/core";
import type { Icon } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { Link } from "react-router";

interface FactProps {
  readonly icon: Icon;
  readonly children: ReactNode;
  /** Where it is seen or changed, and the words of the link. */
  readonly to?: string;
  readonly label?: string;
  readonly onGo: () => void;
}

/** One line of what will happen, with the way to it; whoever goes there leaves the dialog. */
export function Fact({ icon: Sign, children, to, label, onGo }: FactProps) {
  return (
    <li>
      <Sign size={16} stroke={1.75} aria-hidden />
      <span>{children}</span>
      {to !== undefined && (
        <Anchor component={Link} to={to} fw={500} onClick={onGo}>
          {label}
        </Anchor>
      )}
    </li>
  );
}
