import { Anchor, Group, Menu, Text, UnstyledButton } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useStepKinds, type StepKind } from "@/api/sequenceContent";
import type { Kind } from "@/flow/document";
import { KINDS } from "@/flow/fields";
import { KindIcon } from "@/ui/kinds";
import { pathOf } from "../rooms";
import classes from "./Gap.module.css";

interface KindPickerProps {
  readonly here: boolean;
  readonly onAdd: (kind: Kind) => void;
}

/** The + on the line. Kinds that cannot be used are there too, with what they lack. */
export function KindPicker({ here, onAdd }: KindPickerProps) {
  const { t } = useTranslation("sequences");
  return (
    <Menu position="bottom-start" width={320} keepMounted={false}>
      <Menu.Target>
        <UnstyledButton
          className={classes.add ?? ""}
          data-here={here || undefined}
          data-add
          aria-label={t(here ? "line.addHere" : "line.add")}
        >
          <i>
            <IconPlus size={14} aria-hidden />
          </i>
          {here && t("line.addHere")}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown mah="min(560px, 70vh)" style={{ overflowY: "auto" }}>
        <KindItems onAdd={onAdd} />
      </Menu.Dropdown>
    </Menu>
  );
}

/** The kinds of steps as items of a menu; those that cannot be used say what they lack. */
export function KindItems({ onAdd }: Pick<KindPickerProps, "onAdd">) {
  const { t } = useTranslation("sequences");
  const offered = useStepKinds().data ?? [];
  const kinds = KINDS.flatMap((kind) => offered.find((each) => each.kind === kind) ?? []);
  const [usable, lacking] = [kinds.filter((kind) => kind.available), kinds.filter((kind) => !kind.available)];
  return (
    <>
      <Menu.Label>{t("line.add")}</Menu.Label>
      {usable.map((offer) => (
        <Menu.Item
          key={offer.kind}
          leftSection={<KindIcon kind={offer.kind} />}
          onClick={() => {
            onAdd(offer.kind as Kind);
          }}
        >
          <Text>{t(`kind.${offer.kind as Kind}`)}</Text>
          <Text fz="xs" c="dimmed">
            {t(`kindHint.${offer.kind as Kind}`)}
          </Text>
        </Menu.Item>
      ))}
      {lacking.length > 0 && <Menu.Divider />}
      {lacking.map((offer) => (
        <Lacking key={offer.kind} offer={offer} />
      ))}
    </>
  );
}

function Lacking({ offer }: { readonly offer: StepKind }) {
  const { t } = useTranslation("sequences");
  const room = offer.room === "" ? undefined : offer.room;
  return (
    <Group gap="sm" wrap="nowrap" px={12} py={6} align="flex-start" aria-disabled>
      <span style={{ opacity: 0.45, paddingTop: 2 }}>
        <KindIcon kind={offer.kind} />
      </span>
      <div>
        <Text c="var(--db-text-3)">{t(`kind.${offer.kind as Kind}`)}</Text>
        <Text fz="xs" c="var(--db-text-3)">
          {offer.reason}{" "}
          {room && offer.reason_code === "channel_without_sender" && (
            <Anchor component={Link} to={pathOf(room)} fz="xs">
              {t(`room.${room}`)}
            </Anchor>
          )}
        </Text>
      </div>
    </Group>
  );
}
