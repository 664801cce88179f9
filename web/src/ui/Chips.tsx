import { Text, UnstyledButton } from "@mantine/core";
import type { IconMail } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import classes from "./FilterBar.module.css";

export interface Chip<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly count?: number | undefined;
  readonly icon?: typeof IconMail;
}

interface ChipsProps<Value extends string> {
  /** Names the choice for screen readers. */
  readonly label: string;
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly chips: readonly Chip<Value>[];
}

/** One of several filters, each with the number of what it shows. */
export function Chips<Value extends string>({ label, value, onChange, chips }: ChipsProps<Value>) {
  return (
    <div role="group" aria-label={label} className={classes.group}>
      {chips.map((chip) => (
        <OneChip
          key={chip.value}
          chip={chip}
          isChosen={chip.value === value}
          onChoose={() => {
            onChange(chip.value);
          }}
        />
      ))}
    </div>
  );
}

interface OneChipProps {
  readonly chip: Chip<string>;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

function OneChip({ chip, isChosen, onChoose }: OneChipProps) {
  const { i18n } = useTranslation();
  return (
    <UnstyledButton className={classes.chip} aria-pressed={isChosen} onClick={onChoose}>
      {chip.icon && <chip.icon size={14} stroke={1.75} aria-hidden />}
      {`${chip.label} `}
      {chip.count !== undefined && (
        <Text span inherit c="var(--db-text-3)" className="tabular">
          {chip.count.toLocaleString(i18n.language)}
        </Text>
      )}
    </UnstyledButton>
  );
}
