import { Button, Stack, Text } from "@mantine/core";
import { IconUserPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "@/api/session";
import { type MemberChange, useChangeMember, useMembers, useRoles } from "@/api/settings";
import type { Member } from "@/api/types";
import { type Column, DataTable } from "@/ui/DataTable";
import { EmptyRoom } from "@/ui/EmptyRoom";
import { PersonName } from "@/ui/PersonName";
import { PickOne } from "@/ui/picks";
import { useWords } from "@/ui/words/useWords";
import { Invitations } from "./Invitations";
import { InviteDialog } from "./InviteDialog";
import { MemberMenu } from "./MemberMenu";
import { TableSection } from "./TableSection";

const ADMIN = "admin";

/** Who works here, with what role, and who is invited. */
export function MembersSection() {
  const { t } = useTranslation("settings");
  const may = useMay();
  const [inviting, setInviting] = useState(false);
  const invite = (
    <Button
      leftSection={<IconUserPlus size={16} stroke={1.75} />}
      onClick={() => {
        setInviting(true);
      }}
    >
      {t("members.invite")}
    </Button>
  );
  return (
    <Stack gap="lg">
      <TableSection title={t("members.title")} intro={t("members.intro")} act={may("users.create") && invite}>
        <MemberTable />
      </TableSection>
      <Invitations />
      <InviteDialog
        opened={inviting}
        onClose={() => {
          setInviting(false);
        }}
      />
    </Stack>
  );
}

function MemberTable() {
  const { t } = useTranslation("settings");
  const may = useMay();
  const members = useMembers();
  const columns = useColumns(may("users.edit"));
  return (
    <>
      <DataTable
        {...members}
        label={t("members.title")}
        rowKey={(member) => member.id}
        rowName={(member) => member.name}
        columns={columns}
        {...(may("users.edit") ? { actions: (member: Member) => <MemberMenu member={member} /> } : {})}
      />
      {members.rows?.length === 1 && <EmptyRoom title={t("members.empty")} hint={t("members.emptyHint")} />}
    </>
  );
}

function useColumns(mayEdit: boolean): readonly Column<Member>[] {
  const { t } = useTranslation("settings");
  return [
    {
      key: "name",
      title: t("members.name"),
      width: "32%",
      phone: "title",
      cell: (row) => <Name member={row} />,
    },
    {
      key: "email",
      title: t("members.email"),
      phone: "line",
      cell: (row) => (
        <Text span inherit c="dimmed" truncate>
          {row.email}
        </Text>
      ),
    },
    {
      key: "role",
      title: t("members.role"),
      width: 140,
      phone: "line",
      cell: (row) => <RoleCell member={row} mayEdit={mayEdit} />,
    },
    {
      key: "contacts",
      title: t("members.contacts"),
      width: 170,
      phone: "line",
      cell: (row) => <ContactsCell member={row} mayEdit={mayEdit} />,
    },
  ];
}

function Name({ member }: { readonly member: Member }) {
  const { t } = useTranslation("settings");
  const marks = [
    member.is_you && t("members.you"),
    member.is_owner && t("members.owner"),
    !member.is_active && t("members.inactive"),
  ].filter((mark) => mark !== false);
  return <PersonName name={member.name} company={marks.join(" · ")} />;
}

interface CellProps {
  readonly member: Member;
  readonly mayEdit: boolean;
}

function RoleCell({ member, mayEdit }: CellProps) {
  const { t } = useTranslation("settings");
  const { word } = useWords();
  const { data } = useRoles();
  const said = ({ to }: MemberChange) =>
    t("members.roleSaid", { name: member.name, role: word("role", to.role ?? "") });
  const change = useChangeMember(said);
  // The owner stays an admin until somebody else owns the workspace.
  if (!mayEdit || member.is_owner || data === undefined) return word("role", member.role);
  return (
    <PickOne
      label={t("members.roleOf", { name: member.name })}
      value={member.role}
      options={data.roles.map(({ name }) => ({ value: name, label: word("role", name) }))}
      onChange={(role) => {
        const isAdmin = role === ADMIN;
        change.mutate({
          id: member.id,
          to: { role, ...(isAdmin ? { own_contacts_only: false } : {}) },
          from: { role: member.role, own_contacts_only: member.own_contacts_only },
        });
      }}
    />
  );
}

function ContactsCell({ member, mayEdit }: CellProps) {
  const { t } = useTranslation("settings");
  const change = useChangeMember(() => t("members.contactsSaid", { name: member.name }));
  const words = { all: t("members.all"), own: t("members.own") };
  const value = member.own_contacts_only ? "own" : "all";
  if (!mayEdit || member.role === ADMIN) return words[value];
  return (
    <PickOne
      label={t("members.contactsOf", { name: member.name })}
      value={value}
      options={[
        { value: "all", label: words.all },
        { value: "own", label: words.own },
      ]}
      onChange={(which) => {
        change.mutate({
          id: member.id,
          to: { own_contacts_only: which === "own" },
          from: { own_contacts_only: member.own_contacts_only },
        });
      }}
    />
  );
}
