import { CloseButton, Group, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "./FilterBar.module.css";
import { useKeys } from "./keys";

interface Search {
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Says what is searched: "Name, email or company". */
  readonly label: string;
}

interface FilterBarProps {
  readonly search?: Search;
  /** At the right: sorting, the way to show it. */
  readonly right?: ReactNode;
  /** In a narrow pane: the search below the chips. */
  readonly stacked?: boolean;
  /** Chips. */
  readonly children?: ReactNode;
}

/** What narrows a list: chips at the left, search at the right. `/` goes to the search. */
export function FilterBar({ search, right, stacked = false, children }: FilterBarProps) {
  return (
    <Group className={classes.bar} gap="sm" data-stacked={stacked || undefined}>
      <Group gap={6} className={classes.chips}>
        {children}
      </Group>
      <Group gap="sm" wrap="nowrap" className={classes.right}>
        {right}
        {search && <SearchBox {...search} />}
      </Group>
    </Group>
  );
}

const PAUSE = 200;

/** Tells what was typed after a moment's pause: each letter alone is not worth a question. */
function SearchBox({ value, onChange, label }: Search) {
  const { t } = useTranslation("ui");
  const field = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [typed, setTyped] = useState(value);
  const [told, setTold] = useState(value);
  // Somebody else changed it: going back, clearing all filters.
  if (told !== value) {
    setTold(value);
    setTyped(value);
  }
  useEffect(
    () => () => {
      clearTimeout(timer.current);
    },
    [],
  );
  const type = (text: string, pause = PAUSE) => {
    setTyped(text);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      setTold(text);
      onChange(text);
    }, pause);
  };
  useKeys(label, [{ keys: "/", label: t("filter.key"), act: () => field.current?.focus() }]);
  return (
    <TextInput
      ref={field}
      type="search"
      className={classes.search ?? ""}
      aria-label={label}
      placeholder={label}
      value={typed}
      leftSection={<IconSearch size={16} stroke={1.75} aria-hidden />}
      rightSection={
        typed !== "" && (
          <CloseButton
            size="sm"
            aria-label={t("filter.clear")}
            onClick={() => {
              type("", 0);
            }}
          />
        )
      }
      onChange={(event) => {
        type(event.currentTarget.value);
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape") event.currentTarget.blur();
      }}
    />
  );
}
