import { Group, Popover, Text, UnstyledButton } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconSelector } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useSession } from "@/api/session";
import { Avatar } from "@/ui/Avatar";
import { AccountItems } from "./AccountItems";
import classes from "./Shell.module.css";

/** The foot of the rail: who is signed in, and what belongs to this person alone. */
export function Account() {
  const { t } = useTranslation();
  const [opened, menu] = useDisclosure(false);
  const { data: session } = useSession();
  const name = session?.name ?? "";
  return (
    <Popover opened={opened} onChange={menu.toggle} position="top-start" width={272} trapFocus>
      <Popover.Target>
        <UnstyledButton
          className={classes.account}
          onClick={menu.toggle}
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
      </Popover.Target>
      <Popover.Dropdown>
        <AccountItems onDone={menu.close} />
      </Popover.Dropdown>
    </Popover>
  );
}
