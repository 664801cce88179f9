import { Button, Checkbox, Divider, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/api/client";
import { type Asked, type Provider, useGrantProviders, useStartGrant } from "@/api/grants";
import { Problem } from "@/ui/Problem";

interface WithoutPasswordProps {
  /** What was typed so far. */
  readonly address: string;
  readonly name?: string;
  readonly use: Asked["uses"][number];
}

/** Signing in at a provider instead of typing a password, where the operator registered with one. */
export function WithoutPassword({ address, name = "", use }: WithoutPasswordProps) {
  const { t } = useTranslation("connect");
  const { data: providers = [] } = useGrantProviders();
  const [isRead, setIsRead] = useState(true);
  if (providers.length === 0) return null;
  const sends = use === "sender";
  return (
    <>
      <Stack gap="xs">
        <Text fw={500}>{t("without")}</Text>
        <Text fz="sm" c="dimmed">
          {t(sends ? "senderHint" : "mailboxHint")}
        </Text>
        {sends && (
          <Checkbox
            label={t("alsoRead")}
            checked={isRead}
            onChange={(event) => {
              setIsRead(event.currentTarget.checked);
            }}
          />
        )}
        <Ways
          providers={providers}
          asked={{ address, name, uses: sends && isRead ? ["sender", "mailbox"] : [use] }}
        />
      </Stack>
      <Divider label={t("orPassword")} />
    </>
  );
}

interface WaysProps {
  readonly providers: readonly Provider[];
  readonly asked: Omit<Asked, "provider">;
}

function Ways({ providers, asked }: WaysProps) {
  const { t } = useTranslation("connect");
  const start = useStartGrant();
  return (
    <>
      <Group gap="sm">
        {providers.map(({ key, name }) => (
          <Button
            key={key}
            variant="default"
            disabled={asked.address.trim() === ""}
            loading={start.isPending && start.variables.provider === key}
            onClick={() => {
              start.mutate({ provider: key, ...asked });
            }}
          >
            {t("signIn", { name })}
          </Button>
        ))}
      </Group>
      {start.error instanceof ApiError && <Problem tone="red" title={start.error.message} />}
    </>
  );
}
