import { ActionIcon, Button, Checkbox, Group, Menu, Modal, Stack, TextInput } from "@mantine/core";
import { IconBookmark, IconDots, IconDownload, IconForms, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { exportAddress } from "@/api/contacts";
import { useMay } from "@/api/session";
import { useRemoveView, useSaveView, useViews } from "@/api/views";
import { filterOf, isNarrowed, type Values, written } from "./filter";

const ROOM = "contacts";

interface MoreProps {
  readonly values: Values;
}

/** Saved views, export, the workspace's own fields. */
export function More({ values }: MoreProps) {
  const { t } = useTranslation("contacts");
  const [saving, setSaving] = useState(false);
  const mayExport = useMay()("contacts.edit");
  return (
    <>
      <Menu position="bottom-end" width={260}>
        <Menu.Target>
          <ActionIcon variant="default" size={34} aria-label={t("more")}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Views />
          <Menu.Item
            leftSection={<IconBookmark size={16} />}
            disabled={!isNarrowed(values)}
            onClick={() => {
              setSaving(true);
            }}
          >
            {t("view.save")}
          </Menu.Item>
          <Menu.Divider />
          {mayExport && (
            <Menu.Item
              component="a"
              href={exportAddress(filterOf(values))}
              leftSection={<IconDownload size={16} />}
            >
              {t(isNarrowed(values) ? "exportThese" : "exportAll")}
            </Menu.Item>
          )}
          <Menu.Item component={Link} to="/contacts/fields" leftSection={<IconForms size={16} />}>
            {t("fields.title")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {saving && (
        <SaveView
          query={written(values)}
          onClose={() => {
            setSaving(false);
          }}
        />
      )}
    </>
  );
}

function Views() {
  const { t } = useTranslation("contacts");
  const navigate = useNavigate();
  const views = useViews(ROOM).data ?? [];
  const remove = useRemoveView(ROOM);
  if (views.length === 0) return null;
  return (
    <>
      <Menu.Label>{t("view.title")}</Menu.Label>
      {views.map((view) => (
        <Group key={view.id} gap={0} wrap="nowrap">
          <Menu.Item flex={1} onClick={() => void navigate(`/contacts?${view.query}`)}>
            {view.name}
          </Menu.Item>
          {view.is_yours && (
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t("view.remove", { name: view.name })}
              onClick={() => {
                remove.mutate(view.id);
              }}
            >
              <IconTrash size={14} />
            </ActionIcon>
          )}
        </Group>
      ))}
    </>
  );
}

interface SaveViewProps {
  readonly query: string;
  readonly onClose: () => void;
}

function SaveView({ query, onClose }: SaveViewProps) {
  const { t } = useTranslation("contacts");
  const [name, setName] = useState("");
  const [shared, setShared] = useState(false);
  const save = useSaveView(ROOM, { said: () => t("view.saved") });
  return (
    <Modal opened onClose={onClose} title={t("view.save")}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate({ name, query, shared });
          onClose();
        }}
      >
        <Stack>
          <TextInput
            data-autofocus
            label={t("view.name")}
            value={name}
            maxLength={100}
            onChange={(event) => {
              setName(event.currentTarget.value);
            }}
          />
          <Checkbox
            label={t("view.shared")}
            checked={shared}
            onChange={(event) => {
              setShared(event.currentTarget.checked);
            }}
          />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t("cancel")}
            </Button>
            <Button type="submit" disabled={name.trim() === ""}>
              {t("view.save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
