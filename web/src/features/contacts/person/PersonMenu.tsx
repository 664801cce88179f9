import { ActionIcon, Menu } from "@mantine/core";
import {
  IconArrowMerge,
  IconBan,
  IconDots,
  IconDownload,
  IconEraser,
  IconMessages,
  IconTrash,
} from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { type ContactDetail, useDeleteContact } from "@/api/contacts";
import { may, useSession } from "@/api/session";
import { useAddSuppression } from "@/api/suppressions";
import { dataAddress } from "@/api/persons";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { EraseDialog } from "./EraseDialog";
import { MergeDialog } from "./MergeDialog";

type Asks = "suppress" | "delete" | "merge" | "erase";

/** What is seldom done with a person: merge, hand out, suppress, delete, erase. */
export function PersonMenu({ contact }: { readonly contact: ContactDetail }) {
  const { t } = useTranslation("contacts");
  const navigate = useNavigate();
  const session = useSession().data;
  const [asks, ask] = useState<Asks>();
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
          <OfTheirData contact={contact} onAsk={ask} />
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
          <Erase onAsk={ask} />
        </Menu.Dropdown>
      </Menu>
      <Further asks={asks} contact={contact} onClose={close} />
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

interface OfTheirDataProps {
  readonly contact: ContactDetail;
  readonly onAsk: (asks: Asks) => void;
}

function OfTheirData({ contact, onAsk }: OfTheirDataProps) {
  const { t } = useTranslation("contacts");
  const session = useSession().data;
  return (
    <>
      {may(session, "contacts.delete") && (
        <Menu.Item
          leftSection={<IconArrowMerge size={16} />}
          onClick={() => {
            onAsk("merge");
          }}
        >
          {t("merge.act")}
        </Menu.Item>
      )}
      {may(session, "contacts.edit") && (
        <Menu.Item
          component="a"
          href={dataAddress(contact.id)}
          download
          leftSection={<IconDownload size={16} />}
        >
          {t("data.act")}
        </Menu.Item>
      )}
    </>
  );
}

/** Only an admin may. */
function Erase({ onAsk }: Pick<OfTheirDataProps, "onAsk">) {
  const { t } = useTranslation("contacts");
  const session = useSession().data;
  if (!may(session, "contacts.delete") || session?.role !== "admin") return null;
  return (
    <Menu.Item
      leftSection={<IconEraser size={16} />}
      color="red"
      onClick={() => {
        onAsk("erase");
      }}
    >
      {t("erase.act")}
    </Menu.Item>
  );
}

interface FurtherProps {
  readonly asks: Asks | undefined;
  readonly contact: ContactDetail;
  readonly onClose: () => void;
}

function Further({ asks, contact, onClose }: FurtherProps) {
  if (asks === "merge") return <MergeDialog contact={contact} onClose={onClose} />;
  return asks === "erase" ? <EraseDialog contact={contact} onClose={onClose} /> : null;
}
