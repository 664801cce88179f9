import { Group, Text, UnstyledButton } from "@mantine/core";
import { IconSelector } from "@tabler/icons-react";
import { lazy, Suspense, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSession } from "@/api/session";
import { Avatar } from "@/ui/Avatar";
import classes from "./Shell.module.css";

const AccountMenu = lazy(() => import("./AccountMenu"));

/** The foot of the rail: who is signed in, and what belongs to this person alone. */
export function Account() {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const { data: session } = useSession();
  const name = session?.name ?? "";
  return (
    <>
      <UnstyledButton
        ref={button}
        className={classes.account}
        onClick={() => {
          setOpened(!opened);
        }}
        aria-haspopup="dialog"
        aria-expanded={opened}
        aria-label={name === "" ? t("account.menu") : t("account.of", { name })}
      >
        <Group gap={10} wrap="nowrap">
          <Avatar name={name} />
          <Text span inherit fw={500} truncate className={classes.name}>
            {name}
          </Text>
          <IconSelector
            size={14}
            stroke={1.75}
            color="var(--db-text-3)"
            className={classes.name}
            style={{ marginLeft: "auto" }}
            aria-hidden
          />
        </Group>
      </UnstyledButton>
      {opened && (
        <Suspense fallback={null}>
          <AccountMenu
            button={button}
            onClose={() => {
              setOpened(false);
              button.current?.focus();
            }}
          />
        </Suspense>
      )}
    </>
  );
}
