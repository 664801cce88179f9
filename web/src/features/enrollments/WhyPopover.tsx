import { CloseButton, Group, Popover, Text, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Enrollment } from "@/api/enrollments";
import { WhyCard } from "./WhyCard";

interface WhyPopoverProps {
  readonly row: Enrollment;
}

const WIDTH = 420;

/** *Why?* on a row: what happened and what follows, without leaving the table. */
export function WhyPopover({ row }: WhyPopoverProps) {
  const { t } = useTranslation("enrollments");
  const [opened, setOpened] = useState(false);
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      width={WIDTH}
      position="bottom-end"
      withArrow
      arrowSize={12}
      trapFocus
    >
      <Popover.Target>
        <UnstyledButton
          c="var(--db-accent-text)"
          fw={500}
          fz="sm"
          aria-label={t("why.title", { name: row.contact.name })}
          onClick={() => {
            setOpened((before) => !before);
          }}
        >
          {t("why.ask")}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown
        p="md"
        style={{ whiteSpace: "normal" }}
        aria-label={t("why.title", { name: row.contact.name })}
      >
        <Group justify="space-between" wrap="nowrap" mb={6}>
          <Text fw={600}>{row.contact.name}</Text>
          <CloseButton
            size="sm"
            aria-label={t("why.close")}
            onClick={() => {
              setOpened(false);
            }}
          />
        </Group>
        {opened && <WhyCard id={row.id} />}
      </Popover.Dropdown>
    </Popover>
  );
}
