import { Stack, Text, Title, type TitleOrder } from "@mantine/core";
import type { ReactNode } from "react";
import { BeatStrip } from "./BeatStrip";

interface EmptyRoomProps {
  /** Left out: a beat strip. null: nothing, for what broke. */
  readonly picture?: ReactNode;
  readonly title: string;
  readonly hint: string;
  readonly action?: ReactNode;
  /** Given where the title is the heading of the page: most rooms have one above. */
  readonly order?: TitleOrder;
}

const EXAMPLE = [0, 3, 7];

/** What a room shows while nothing is in it: what lands here and what sends it here. */
export function EmptyRoom({ picture, title, hint, action, order }: EmptyRoomProps) {
  return (
    <Stack align="center" gap="sm" py={96} px="lg" ta="center">
      {picture === undefined ? <BeatStrip days={EXAMPLE} label="" /> : picture}
      {order === undefined ? (
        <Text fz="lg" fw={600} mt="sm">
          {title}
        </Text>
      ) : (
        <Title order={order} fz="lg" fw={600} mt="sm">
          {title}
        </Title>
      )}
      <Text c="dimmed" maw={440}>
        {hint}
      </Text>
      {action}
    </Stack>
  );
}
