import {
  IconDownload,
  IconListDetails,
  IconPlus,
  IconProgressCheck,
  IconTag,
  IconUser,
} from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { exportAddress, type ContactFilter, type Who } from "@/api/contacts";
import { may, useSession } from "@/api/session";
import { BulkAct, BulkBar } from "@/ui/BulkBar";
import { BulkDialog, type Asked } from "./BulkDialog";

interface BulkProps {
  readonly who: Who;
  readonly count: number;
  /** How many fit the filter in all; more than are selected are offered too. */
  readonly fitting: number | undefined;
  readonly filter: ContactFilter;
  readonly onAll: () => void;
  readonly onClear: () => void;
  readonly onEnroll: () => void;
}

/** What can be done with the chosen contacts. */
export function Bulk({ who, count, fitting, filter, onAll, onClear, onEnroll }: BulkProps) {
  const { t } = useTranslation("contacts");
  const [asked, ask] = useState<Asked>();
  const session = useSession().data;
  const mayEdit = may(session, "contacts.edit");
  const isAll = "filter" in who;
  const offersAll = !isAll && (fitting ?? 0) > count;
  return (
    <>
      <BulkBar count={count} onClear={onClear}>
        {offersAll && <BulkAct label={t("bulk.all", { count: fitting })} onClick={onAll} />}
        {may(session, "enrollments.create") && (
          <BulkAct icon={IconPlus} label={t("bulk.enroll", { count })} onClick={onEnroll} />
        )}
        {mayEdit && <Changes onAsk={ask} exported={isAll ? filter : undefined} />}
      </BulkBar>
      {asked !== undefined && (
        <BulkDialog
          asks={asked}
          who={who}
          count={count}
          onClose={() => {
            ask(undefined);
          }}
        />
      )}
    </>
  );
}

interface ChangesProps {
  readonly onAsk: (asks: Asked) => void;
  /** What an export would hold; only all that fit can be fetched as a file. */
  readonly exported: ContactFilter | undefined;
}

function Changes({ onAsk, exported }: ChangesProps) {
  const { t } = useTranslation("contacts");
  return (
    <>
      {ACTS.map(({ asks, icon }) => (
        <BulkAct
          key={asks}
          icon={icon}
          label={t(`bulk.${asks}`)}
          onClick={() => {
            onAsk(asks);
          }}
        />
      ))}
      {exported && (
        <BulkAct
          icon={IconDownload}
          label={t("export")}
          onClick={() => {
            window.location.assign(exportAddress(exported));
          }}
        />
      )}
    </>
  );
}

const ACTS = [
  { asks: "tag", icon: IconTag },
  { asks: "list", icon: IconListDetails },
  { asks: "stage", icon: IconProgressCheck },
  { asks: "owner", icon: IconUser },
] as const;
