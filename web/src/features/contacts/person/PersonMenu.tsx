import { ActionIcon, Menu } from "@mantine/core";
import { IconBan, IconDots, IconMessages, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { type ContactDetail, useDeleteContact } from "@/api/contacts";
import { may, useSession } from "@/api/session";
import { useAddSuppression } from "@/api/suppressions";
import { ConfirmDialog } from "@/ui/ConfirmDialog";

/** What is seldom done with a person: suppress, delete. */
export function PersonMenu({ contact }: { readonly contact: ContactDetail }) {
  const { t } = useTranslation("contacts");
  const navigate = useNavigate();
  const session = useSession().data;
  const [asks, ask] = useState<"suppress" | "delete">();
  const suppress = useAddSuppression({ said: () => t("suppress.said", { name: contact.name }) });
  const remove = useDeleteContact({ said: () => t("delete.said", { name: contact.name }) });
  const close = () => {
    ask(undefined);
  };
  const address = contact.email === "" ? contact.phone : contact.email;
  return (
    <>
      <Menu position="bottom-end" width={240}>
        <Menu.Target>
          <ActionIcon variant="default" size={34} aria-label={t("more")} ml={{ base: "auto", sm: 0 }}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item component={Link} to={`/inbox/${contact.id}`} leftSection={<IconMessages size={16} />}>
            {t("inbox")}
          </Menu.Item>
          {may(session, "suppressions.create") && (
            <Menu.Item
              leftSection={<IconBan size={16} />}
              onClick={() => {
                ask("suppress");
              }}
            >
              {t("suppress.act")}
            </Menu.Item>
          )}
          {may(session, "contacts.delete") && (
            <Menu.Item
              leftSection={<IconTrash size={16} />}
              color="red"
              onClick={() => {
                ask("delete");
              }}
            >
              {t("delete.act")}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <ConfirmDialog
        opened={asks === "suppress"}
        onClose={close}
        title={t("suppress.title", { name: contact.name })}
        confirm={t("suppress.confirm")}
        busy={suppress.isPending}
        danger
        onConfirm={() => {
          suppress.mutate({ address, channel: "" }, { onSettled: close });
        }}
      >
        {t("suppress.text", { address })}
      </ConfirmDialog>
      <ConfirmDialog
        opened={asks === "delete"}
        onClose={close}
        title={t("delete.title", { name: contact.name })}
        confirm={t("delete.act")}
        busy={remove.isPending}
        danger
        onConfirm={() => {
          remove.mutate(contact.id, { onSuccess: () => void navigate("/contacts"), onError: close });
        }}
      >
        {t("delete.text")}
      </ConfirmDialog>
    </>
  );
}
