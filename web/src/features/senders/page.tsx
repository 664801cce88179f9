import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";
import { useSenders } from "@/api/senders";
import { useMay } from "@/api/session";
import { DataTable } from "@/ui/DataTable";
import { EmptyRoom } from "@/ui/EmptyRoom";
import { Room } from "@/ui/Room";
import { Accounts } from "./Accounts";
import { useColumns } from "./columns";
import { ConnectButton } from "./ConnectButton";
import { SenderDialog } from "./SenderDialog";
import { SenderPage } from "./SenderPage";

/** The mailboxes that send: how their day goes, and what holds them. */
export function Component() {
  const { senderId } = useParams();
  return senderId === undefined ? <All /> : <SenderPage key={senderId} id={Number(senderId)} />;
}

function All() {
  const { t } = useTranslation("senders");
  const navigate = useNavigate();
  const mayAdd = useMay()("senders.create");
  const [adds, setAdds] = useState(false);
  const list = useSenders();
  const columns = useColumns();
  const add = mayAdd && (
    <Button
      leftSection={<IconPlus size={16} stroke={1.75} aria-hidden />}
      onClick={() => {
        setAdds(true);
      }}
    >
      {t("add")}
    </Button>
  );
  return (
    <Room
      title={t("title")}
      actions={
        <>
          {mayAdd && <ConnectButton />}
          {(list.rows?.length ?? 0) > 0 && add}
        </>
      }
    >
      <DataTable
        label={t("title")}
        {...list}
        rowKey={(sender) => sender.id}
        columns={columns}
        onOpen={(sender) => void navigate(`/senders/${sender.id}`)}
        empty={<EmptyRoom title={t("empty.title")} hint={t("empty.hint")} action={add} />}
      />
      <Accounts />
      {adds && (
        <SenderDialog
          onClose={() => {
            setAdds(false);
          }}
        />
      )}
    </Room>
  );
}
