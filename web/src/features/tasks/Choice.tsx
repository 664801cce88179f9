import { Button, Group, Kbd, Stack, Text, TextInput } from "@mantine/core";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useKeys } from "@/ui/keys";

export interface ChoiceOption {
  readonly key: string;
  readonly label: string;
  /** Said quietly beside it: the moment that is meant. */
  readonly hint?: ReactNode;
  readonly act: () => void;
}

interface ChoiceProps {
  readonly title: string;
  readonly options: readonly ChoiceOption[];
  /** Any other moment may be named. */
  readonly onMoment?: (at: string) => void;
  readonly onLeave: () => void;
}

const KEYS = 9;

/** One question more, each answer by its number; Esc leads back. */
export function Choice({ title, options, onMoment, onLeave }: ChoiceProps) {
  const { t } = useTranslation("tasks");
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.querySelector("button")?.focus();
  }, [title]);
  useKeys(title, [
    ...options.slice(0, KEYS).map(({ label, act }, index) => ({ keys: String(index + 1), label, act })),
    { keys: "Escape", label: t("key.leaveChoice"), act: onLeave, whileTyping: true },
  ]);
  return (
    <Stack ref={box} role="group" aria-label={title} gap="sm" pb="sm">
      <Text fw={500}>{title}</Text>
      {options.map(({ key, label, hint, act }, index) => (
        <Button
          key={key}
          variant="default"
          justify="space-between"
          rightSection={
            <Group gap="sm" wrap="nowrap">
              {hint !== undefined && (
                <Text span fz="xs" c="dimmed">
                  {hint}
                </Text>
              )}
              {index < KEYS && <Kbd size="xs">{index + 1}</Kbd>}
            </Group>
          }
          onClick={act}
        >
          {label}
        </Button>
      ))}
      {onMoment !== undefined && <OtherMoment onMoment={onMoment} />}
      <Button variant="subtle" rightSection={<Kbd size="xs">Esc</Kbd>} onClick={onLeave}>
        {t("act.back")}
      </Button>
    </Stack>
  );
}

function OtherMoment({ onMoment }: { readonly onMoment: (at: string) => void }) {
  const { t } = useTranslation("tasks");
  const [at, setAt] = useState("");
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (at !== "") onMoment(new Date(at).toISOString());
      }}
    >
      <Group gap="sm" align="flex-end" wrap="nowrap">
        <TextInput
          type="datetime-local"
          label={t("later.other")}
          flex={1}
          value={at}
          onChange={(event) => {
            setAt(event.currentTarget.value);
          }}
        />
        <Button type="submit" variant="default" disabled={at === ""}>
          {t("act.snooze")}
        </Button>
      </Group>
    </form>
  );
}
