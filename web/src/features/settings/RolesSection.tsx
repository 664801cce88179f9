import { Button, Group, Skeleton, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "@/api/session";
import { useRemoveRole, useRoles } from "@/api/settings";
import type { Role } from "@/api/types";
import { type Column, DataTable } from "@/ui/DataTable";
import { useWords } from "@/ui/words/useWords";
import { byResource, RESOURCES } from "./rights";
import { RoleDialog } from "./RoleDialog";
import { TableSection } from "./TableSection";

const NEW = { id: undefined, name: "", rights: [] } as const;
type Shown = Pick<Role, "name" | "rights"> & { readonly id: number | null | undefined };

/** What each role may do; own roles can be made and changed. */
export function RolesSection() {
  const { t } = useTranslation("settings");
  const may = useMay();
  const { data } = useRoles();
  const [shown, setShown] = useState<Shown>();
  const columns = useColumns();
  if (data === undefined) return <Skeleton h={260} radius="lg" />;
  const add = (
    <Button
      onClick={() => {
        setShown({ ...NEW, rights: [] });
      }}
    >
      {t("roles.add")}
    </Button>
  );
  return (
    <TableSection title={t("roles.title")} intro={t("roles.intro")} act={may("users.edit") && add}>
      <DataTable
        label={t("roles.title")}
        rows={data.roles}
        rowKey={(role) => role.name}
        rowName={(role) => role.name}
        columns={columns}
        onOpen={setShown}
        {...(may("users.edit")
          ? { actions: (role: Role) => <RoleActs role={role} onEdit={setShown} /> }
          : {})}
      />
      {shown !== undefined && (
        <RoleDialog
          id={shown.id}
          name={shown.name}
          rights={shown.rights}
          onClose={() => {
            setShown(undefined);
          }}
        />
      )}
    </TableSection>
  );
}

function useColumns(): readonly Column<Role>[] {
  const { t } = useTranslation("settings");
  const { word } = useWords();
  return [
    {
      key: "role",
      title: t("roles.role"),
      width: 150,
      phone: "title",
      cell: (role) => (
        <Text span inherit fw={500}>
          {word("role", role.name)}
        </Text>
      ),
    },
    ...ACT_COLUMNS.map((act) => ({
      key: act,
      title: t(`roles.act.${act}`),
      phone: "hidden" as const,
      cell: (role: Role) => <Reach role={role} act={act} />,
    })),
    {
      key: "members",
      title: t("roles.members"),
      width: 90,
      align: "right",
      phone: "line",
      cell: (role) => role.members,
    },
  ];
}

const ACT_COLUMNS = ["view", "edit"] as const;

/** Which resources the role reaches with this act: in words, "everything" where it is all. */
function Reach({ role, act }: { readonly role: Role; readonly act: "view" | "edit" }) {
  const { t } = useTranslation("settings");
  const reached = byResource(role.rights).filter(({ acts }) => acts.includes(act));
  const names = reached.map(({ resource }) => t(`roles.resource.${resource}`)).join(", ");
  return (
    <Text span inherit c="dimmed" truncate title={names}>
      {reached.length === RESOURCES.length ? t("roles.every") : names || "–"}
    </Text>
  );
}

interface RoleActsProps {
  readonly role: Role;
  readonly onEdit: (role: Role) => void;
}

function RoleActs({ role, onEdit }: RoleActsProps) {
  const { t } = useTranslation("settings");
  const remove = useRemoveRole(t("roles.removed"));
  const { id } = role;
  if (id === null) return null;
  return (
    <Group gap={6} wrap="nowrap">
      <Button
        size="xs"
        variant="default"
        onClick={() => {
          onEdit(role);
        }}
      >
        {t("roles.edit")}
      </Button>
      {role.members === 0 && (
        <Button
          size="xs"
          variant="default"
          onClick={() => {
            remove.mutate(id);
          }}
        >
          {t("roles.remove")}
        </Button>
      )}
    </Group>
  );
}
