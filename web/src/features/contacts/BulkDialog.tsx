import { Autocomplete, Button, Group, Modal, SegmentedControl, Select, Stack } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Bulk, useBulk, useContactFacets, type Who } from "@/api/contacts";

export type Asked = "tag" | "list" | "stage" | "owner";

interface BulkDialogProps {
  readonly asks: Asked;
  readonly who: Who;
  readonly count: number;
  readonly onClose: () => void;
}

/** Ask which tag, list, stage or owner, and do it to all who are chosen. */
export function BulkDialog({ asks, who, count, onClose }: BulkDialogProps) {
  const { t } = useTranslation("contacts");
  const [value, setValue] = useState("");
  const [takesAway, setTakesAway] = useState(false);
  const bulk = useBulk({ said: (_, { counts }) => t("bulk.said", { count: counts.changed ?? 0 }) });
  const goes = asks === "stage" || value !== "";
  const act = () => {
    bulk.mutate({ who, ...changeOf(asks, value, takesAway) });
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={t(`bulk.title.${asks}`, { count })}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (goes) act();
        }}
      >
        <Stack>
          {(asks === "tag" || asks === "list") && (
            <SegmentedControl
              value={takesAway ? "remove" : "add"}
              data={[
                { value: "add", label: t(`bulk.add.${asks}`) },
                { value: "remove", label: t(`bulk.remove.${asks}`) },
              ]}
              onChange={(chosen) => {
                setTakesAway(chosen === "remove");
              }}
            />
          )}
          <Value asks={asks} value={value} onChange={setValue} />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t("cancel")}
            </Button>
            <Button type="submit" disabled={!goes}>
              {t("bulk.do", { count })}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

const NOBODY = "0";

function changeOf(asks: Asked, value: string, takesAway: boolean): Omit<Bulk, "who"> {
  switch (asks) {
    case "tag":
      return { act: takesAway ? "remove_tag" : "add_tag", tag: value };
    case "list":
      return { act: takesAway ? "remove_from_list" : "add_to_list", to_list_id: Number(value) };
    case "stage":
      return { act: "set_stage", stage: value };
    case "owner":
      return { act: "set_owner", owner_id: value === NOBODY ? null : Number(value) };
  }
}

interface ValueProps {
  readonly asks: Asked;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function Value(props: ValueProps) {
  return props.asks === "tag" || props.asks === "stage" ? <Name {...props} /> : <Pick {...props} />;
}

/** A tag or a stage: one that is there, or a new one. */
function Name({ asks, value, onChange }: ValueProps) {
  const { t } = useTranslation("contacts");
  const facets = useContactFacets().data;
  const known = asks === "tag" ? facets?.tags : facets?.stages;
  return (
    <Autocomplete
      data-autofocus
      label={t(`filter.${asks}`)}
      data={known?.map((each) => each.value) ?? []}
      value={value}
      onChange={onChange}
      maxLength={100}
    />
  );
}

/** A list or a member. */
function Pick({ asks, value, onChange }: ValueProps) {
  const { t } = useTranslation("contacts");
  const facets = useContactFacets().data;
  const known = (asks === "list" ? facets?.lists : facets?.owners) ?? [];
  const options = known.map((each) => ({ value: String(each.id), label: each.value }));
  const nobody = asks === "owner" ? [{ value: NOBODY, label: t("filter.nobody") }] : [];
  return (
    <Select
      data-autofocus
      searchable
      label={t(`filter.${asks}`)}
      data={[...options, ...nobody]}
      value={value === "" ? null : value}
      onChange={(chosen) => {
        onChange(chosen ?? "");
      }}
    />
  );
}
