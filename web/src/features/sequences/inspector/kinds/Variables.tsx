import { ActionIcon, Button, Group, Input, Stack, TextInput } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

interface VariablesProps {
  readonly held: Readonly<Record<string, string>>;
  readonly readOnly: boolean;
  readonly onChange: (held: Readonly<Record<string, string>>) => void;
}

/** What fills the numbered places of a template. */
export function Variables({ held, readOnly, onChange }: VariablesProps) {
  const { t } = useTranslation("sequences");
  const entries = Object.entries(held);
  return (
    <Input.Wrapper label={t("whatsapp.variables")}>
      <Stack gap={6}>
        {entries.map(([name, text]) => (
          <Group key={name} gap="sm" wrap="nowrap">
            <span className="tabular">{`{{${name}}}`}</span>
            <TextInput
              size="xs"
              flex={1}
              aria-label={t("whatsapp.variable", { name })}
              disabled={readOnly}
              value={text}
              onChange={(event) => {
                onChange({ ...held, [name]: event.currentTarget.value });
              }}
            />
            {!readOnly && (
              <ActionIcon
                size="sm"
                aria-label={t("whatsapp.removeVariable", { name })}
                onClick={() => {
                  onChange(Object.fromEntries(entries.filter(([each]) => each !== name)));
                }}
              >
                <IconX size={14} aria-hidden />
              </ActionIcon>
            )}
          </Group>
        ))}
        {!readOnly && (
          <Button
            size="xs"
            variant="subtle"
            w="fit-content"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => {
              onChange({ ...held, [nextOf(held)]: "" });
            }}
          >
            {t("whatsapp.addVariable")}
          </Button>
        )}
      </Stack>
    </Input.Wrapper>
  );
}

/** Return the first number that is free: WhatsApp counts places from 1. */
function nextOf(held: VariablesProps["held"]): string {
  let number = 1;
  while (String(number) in held) number += 1;
  return String(number);
}
