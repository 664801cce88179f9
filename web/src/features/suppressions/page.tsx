import { Button, Select } from "@mantine/core";
import { IconPlus, IconUpload } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "@/api/session";
import { type Channel, useSuppressions } from "@/api/suppressions";
import { Chips } from "@/ui/Chips";
import { EmptyRoom } from "@/ui/EmptyRoom";
import { FilterBar } from "@/ui/FilterBar";
import { Room } from "@/ui/Room";
import { useUrlState } from "@/ui/useUrlState";
import { AddDialog } from "./AddDialog";
import { ImportDialog } from "./ImportDialog";
import { Table } from "./Table";
import { Why } from "./Why";

const REASONS = [
  "all",
  "unsubscribe",
  "complaint",
  "stop",
  "hard_bounce",
  "manual",
  "import",
  "flow",
] as const;
const CHANNELS: readonly Channel[] = ["email", "sms", "whatsapp", "voice"];
const DEFAULTS = { address: "", reason: "all", channel: "", lifted: "" };
/** Less is no address yet. */
const LEAST = 5;

/** Who may not be contacted, and why. */
export function Component() {
  const { t } = useTranslation("suppressions");
  const [values, change] = useUrlState(DEFAULTS);
  const may = useMay();
  const [open, setOpen] = useState<"add" | "import">();
  const close = () => {
    setOpen(undefined);
  };
  const address = isAddress(values.address) ? values.address.trim() : "";
  const list = useSuppressions({
    address: "",
    reason: values.reason === "all" ? "" : values.reason,
    channel: values.channel as Channel,
    lifted: values.lifted !== "",
  });
  return (
    <Room
      title={t("title")}
      actions={
        may("suppressions.create") && (
          <>
            <Button
              variant="default"
              leftSection={<IconUpload size={16} />}
              onClick={() => {
                setOpen("import");
              }}
            >
              {t("import.short")}
            </Button>
            <Button
              leftSection={<IconPlus size={16} />}
              onClick={() => {
                setOpen("add");
              }}
            >
              {t("add.short")}
            </Button>
          </>
        )
      }
    >
      <Filters values={values} onChange={change} />
      {address === "" ? (
        <Table {...list} empty={<EmptyRoom title={t("empty.title")} hint={t("empty.hint")} />} />
      ) : (
        <Why address={address} />
      )}
      {open === "add" && <AddDialog onClose={close} />}
      {open === "import" && <ImportDialog onClose={close} />}
    </Room>
  );
}

/** An address, a domain or a number that can be asked about. */
function isAddress(text: string): boolean {
  const typed = text.trim();
  return typed.length >= LEAST && (typed.includes("@") || /^\+?[\d\s()-]+$/.test(typed));
}

interface FiltersProps {
  readonly values: { readonly [Name in keyof typeof DEFAULTS]: string };
  readonly onChange: (changed: Partial<Record<keyof typeof DEFAULTS, string>>) => void;
}

function Filters({ values, onChange }: FiltersProps) {
  const { t } = useTranslation("suppressions");
  return (
    <FilterBar
      search={{
        value: values.address,
        label: t("search"),
        onChange: (address) => {
          onChange({ address });
        },
      }}
      right={
        <>
          <Select
            w={130}
            aria-label={t("channel")}
            placeholder={t("channel")}
            clearable
            data={CHANNELS.map((value) => ({ value, label: t(`on.${value as "email"}`) }))}
            value={values.channel === "" ? null : values.channel}
            onChange={(channel) => {
              onChange({ channel: channel ?? "" });
            }}
          />
          <Select
            w={140}
            aria-label={t("state.label")}
            allowDeselect={false}
            data={[
              { value: "force", label: t("state.force") },
              { value: "lifted", label: t("state.all") },
            ]}
            value={values.lifted === "" ? "force" : "lifted"}
            onChange={(state) => {
              onChange({ lifted: state === "lifted" ? "1" : "" });
            }}
          />
        </>
      }
    >
      <Chips
        label={t("reason")}
        value={REASONS.find((each) => each === values.reason) ?? "all"}
        chips={REASONS.map((value) => ({ value, label: t(`because.${value}`) }))}
        onChange={(reason) => {
          onChange({ reason });
        }}
      />
    </FilterBar>
  );
}
