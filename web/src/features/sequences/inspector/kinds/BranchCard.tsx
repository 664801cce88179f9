import { ActionIcon, Group, Paper, TextInput } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconTrash } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { Trans, useTranslation } from "react-i18next";
import { changeEntry, entriesOf, removeEntry, shiftEntry } from "@/flow/branches";
import { At } from "../At";
import type { InspectorProps } from "../Inspector";
import { WayOn } from "../WayOn";

interface BranchCardProps extends InspectorProps {
  /** `branches` or `arms`. */
  readonly list: "branches" | "arms";
  readonly index: number;
  readonly beside?: ReactNode;
  readonly children?: ReactNode;
}

/** One way that a step names itself: its name, what it asks, where it leads. */
export function BranchCard(props: BranchCardProps) {
  const { t } = useTranslation("sequences");
  const { step, acts, readOnly, problems, list, index, beside, children } = props;
  const name = entriesOf(step)[index]?.name ?? "";
  const place = `${list}[${index}]`;
  return (
    <Paper withBorder p="sm" radius="md" component="li" style={{ listStyle: "none" }}>
      <At place={`${place}.name`} problems={problems(step.key)}>
        <Group gap="sm" wrap="nowrap">
          <TextInput
            flex={1}
            miw={80}
            size="xs"
            maxLength={200}
            disabled={readOnly}
            styles={{ input: { fontWeight: 600 } }}
            aria-label={t(`${list}.name`)}
            placeholder={t(`${list}.name`)}
            value={name}
            onChange={(event) => {
              const typed = event.currentTarget.value;
              acts.edit(
                (document) => changeEntry(document, step.key, index, { name: typed }),
                `${step.key}.${place}.name`,
              );
            }}
          />
          {beside}
          {!readOnly && <Order {...props} name={name} />}
        </Group>
      </At>
      {children}
      <div style={{ paddingTop: 6, fontSize: "var(--mantine-font-size-xs)" }}>
        <Trans
          t={t}
          i18nKey="wayOn.then"
          components={{
            way: <WayOn {...props} way={`${list}.${index}`} label={t("wayOn.label", { name })} />,
          }}
        />
      </div>
    </Paper>
  );
}

function Order({ step, acts, list, index, name }: BranchCardProps & { readonly name: string }) {
  const { t } = useTranslation("sequences");
  const last = entriesOf(step).length - 1;
  const shift = (by: number) => () => {
    acts.edit((document) => shiftEntry(document, step.key, index, by));
  };
  const buttons = [
    { label: t("branches.up", { name }), icon: IconArrowUp, off: index === 0, act: shift(-1) },
    { label: t("branches.down", { name }), icon: IconArrowDown, off: index === last, act: shift(1) },
    {
      label: t(`${list}.remove`, { name }),
      icon: IconTrash,
      off: false,
      act: () => {
        acts.drop(step.key, t(`${list}.removed`, { name }), (document) =>
          removeEntry(document, step.key, index),
        );
      },
    },
  ];
  return (
    <Group gap={0} wrap="nowrap">
      {buttons.map(({ label, icon: Icon, off, act }) => (
        <ActionIcon
          key={label}
          size={24}
          aria-label={label}
          title={label}
          disabled={off}
          variant="subtle"
          onClick={act}
        >
          <Icon size={14} stroke={1.75} aria-hidden />
        </ActionIcon>
      ))}
    </Group>
  );
}
