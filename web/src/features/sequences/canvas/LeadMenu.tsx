import { ActionIcon, Popover, Stack, Text } from "@mantine/core";
import { IconRoute } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { END_ID, START_ID } from "@/flow/graph";
import { PickOne } from "@/ui/picks";
import type { Leads, LeadableWay } from "./leads";

interface LeadMenuProps {
  readonly step: string;
  readonly leads: Leads;
}

/** By keys what dragging the end of a way does: each way of a step, and where it leads. */
export function LeadMenu({ step, leads }: LeadMenuProps) {
  const { t } = useTranslation("sequences");
  // What is led elsewhere counts the steps anew: the list stays as it was opened.
  const [ways, setWays] = useState<readonly LeadableWay[]>();
  const label = t(step === START_ID ? "leading.openStart" : "leading.open");
  const turn = (opened: boolean) => {
    setWays(opened ? leads.waysOf(step) : undefined);
  };
  return (
    <Popover
      opened={ways !== undefined}
      onChange={turn}
      position="bottom-start"
      trapFocus
      returnFocus
      withinPortal
    >
      <Popover.Target>
        <ActionIcon
          size={26}
          variant="subtle"
          aria-label={label}
          title={label}
          onClick={(event) => {
            event.stopPropagation();
            turn(ways === undefined);
          }}
        >
          <IconRoute size={15} stroke={1.75} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown
        className="nodrag nopan nowheel"
        onClick={(event) => {
          event.stopPropagation();
        }}
      >
        {ways && (
          <Stack gap="xs">
            {ways.map((way) => (
              <Way key={way.edge} way={way} onLead={leads.lead} />
            ))}
          </Stack>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

function Way({ way, onLead }: { readonly way: LeadableWay; readonly onLead: Leads["lead"] }) {
  const { t } = useTranslation("sequences");
  // What is led elsewhere is drawn beside this list: it keeps what was chosen here.
  const [to, setTo] = useState(way.to);
  const label = t("leading.way", { way: way.name });
  return (
    <Stack gap={2}>
      <Text fz="xs" c="dimmed">
        {label}
      </Text>
      <PickOne
        label={label}
        value={to}
        options={way.nodes.map(({ id, number, title }) => ({
          value: id,
          label: id === END_ID ? t("leading.end") : t("leading.to", { number, step: title }),
        }))}
        onChange={(node) => {
          setTo(node);
          onLead(way.edge, node);
        }}
      />
    </Stack>
  );
}
