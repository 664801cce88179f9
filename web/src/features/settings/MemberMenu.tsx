import { ActionIcon, Menu, Modal, Stack, Text } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "@/api/session";
import { useChangeMember, useMakeOwner, usePasswordLinkFor, useRemoveMember } from "@/api/settings";
import type { Member } from "@/api/types";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { CopyField } from "@/ui/CopyField";

interface MemberProps {
  readonly member: Member;
}

/** What can be done with a member besides their role. */
export function MemberMenu({ member }: MemberProps) {
  const { t } = useTranslation("settings");
  const [removing, setRemoving] = useState(false);
  const link = usePasswordLinkFor();
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" aria-label={t("members.more", { name: member.name })}>
            <IconDots size={16} stroke={1.75} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Items
            member={member}
            onLink={() => {
              link.mutate(member.id);
            }}
            onRemove={() => {
              setRemoving(true);
            }}
          />
        </Menu.Dropdown>
      </Menu>
      <LinkDialog name={member.name} link={link.data?.link} onClose={link.reset} />
      <RemoveDialog
        member={member}
        opened={removing}
        onClose={() => {
          setRemoving(false);
        }}
      />
    </>
  );
}

interface ItemsProps extends MemberProps {
  readonly onLink: () => void;
  readonly onRemove: () => void;
}

function Items({ member, onLink, onRemove }: ItemsProps) {
  const { t } = useTranslation("settings");
  return (
    <>
      <Menu.Item onClick={onLink}>{t("members.passwordLink")}</Menu.Item>
      {!member.is_owner && <OthersItems member={member} onRemove={onRemove} />}
    </>
  );
}

/** What cannot happen to the owner, who stays an active admin. */
function OthersItems({ member, onRemove }: Omit<ItemsProps, "onLink">) {
  const { t } = useTranslation("settings");
  const may = useMay();
  const { id, name, is_active: isActive } = member;
  const change = useChangeMember(() => t(isActive ? "members.deactivated" : "members.activated", { name }));
  const own = useMakeOwner(t("members.ownerSaid"));
  return (
    <>
      {isActive && member.role === "admin" && (
        <Menu.Item
          onClick={() => {
            own.mutate(id);
          }}
        >
          {t("members.makeOwner")}
        </Menu.Item>
      )}
      <Menu.Item
        onClick={() => {
          change.mutate({ id, to: { is_active: !isActive }, from: { is_active: isActive } });
        }}
      >
        {t(isActive ? "members.deactivate" : "members.activate")}
      </Menu.Item>
      {may("users.delete") && (
        <Menu.Item c="var(--db-red)" onClick={onRemove}>
          {t("members.remove")}
        </Menu.Item>
      )}
    </>
  );
}

interface LinkDialogProps {
  readonly name: string;
  readonly link: string | undefined;
  readonly onClose: () => void;
}

function LinkDialog({ name, link, onClose }: LinkDialogProps) {
  const { t } = useTranslation("settings");
  return (
    <Modal
      opened={link !== undefined}
      onClose={onClose}
      title={t("members.linkTitle", { name })}
      closeButtonProps={{ "aria-label": t("members.close") }}
    >
      <Stack gap="md">
        <Text c="dimmed">{t("members.linkText")}</Text>
        <CopyField label={t("members.link")} value={link ?? ""} />
      </Stack>
    </Modal>
  );
}

interface RemoveDialogProps extends MemberProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

function RemoveDialog({ member, opened, onClose }: RemoveDialogProps) {
  const { t } = useTranslation("settings");
  const remove = useRemoveMember(t("members.removed"));
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title={t("members.removeTitle", { name: member.name })}
      confirm={t("members.removeAct", { name: member.name })}
      danger
      busy={remove.isPending}
      onConfirm={() => {
        remove.mutate(member.id, { onSettled: onClose });
      }}
    >
      {t("members.removeText")}
    </ConfirmDialog>
  );
}
