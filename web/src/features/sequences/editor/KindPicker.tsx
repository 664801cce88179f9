import { Anchor, Group, Menu, Text, UnstyledButton } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useStepKinds, type StepKind } from "@/api/sequenceContent";
import { KindIcon } from "@/ui/kinds";
import { goToLetter } from "@/ui/letters";
import { lackOf } from "../lintWords";
import { pathOf } from "../rooms";
import classes from "./Gap.module.css";
import { OFFERS, type Offer } from "./offers";

interface KindPickerProps {
  readonly here: boolean;
  readonly onAdd: (offer: Offer) => void;
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

/** What a flow is built of, as items of a menu; what cannot be used says what it lacks. */
export function KindItems({ onAdd }: Pick<KindPickerProps, "onAdd">) {
  const { t } = useTranslation("sequences");
  const known = useStepKinds().data ?? [];
  const offers = OFFERS.flatMap((offer) => {
    const about = known.find(({ kind }) => kind === offer.kind);
    return about === undefined ? [] : { offer, about };
  });
  const [usable, lacking] = [true, false].map((is) => offers.filter(({ about }) => about.available === is));
  return (
    <div onKeyDown={goToLetter}>
      <Menu.Label>{t("line.add")}</Menu.Label>
      {usable?.map(({ offer }) => (
        <Menu.Item
          key={offer.label}
          leftSection={<KindIcon kind={offer.kind} jobType={offer.label} />}
          onClick={() => {
            onAdd(offer);
          }}
        >
          <Text>{t(`kind.${offer.label}`)}</Text>
          <Text fz="xs" c="dimmed">
            {t(`kindHint.${offer.label}`)}
          </Text>
        </Menu.Item>
      ))}
      {lacking?.length !== 0 && <Menu.Divider />}
      {lacking?.map((each) => (
        <Lacking key={each.offer.label} {...each} />
      ))}
    </div>
  );
}

function Lacking({ offer, about }: { readonly offer: Offer; readonly about: StepKind }) {
  const { t, i18n } = useTranslation("sequences");
  const lack = lackOf(about, i18n.language);
  const room = about.room === "" ? undefined : about.room;
  return (
    <Group gap="sm" wrap="nowrap" px={12} py={6} align="flex-start" aria-disabled>
      <span style={{ opacity: 0.45, paddingTop: 2 }}>
        <KindIcon kind={offer.kind} jobType={offer.label} />
      </span>
      <div>
        <Text c="var(--db-text-3)">{t(`kind.${offer.label}`)}</Text>
        <Text fz="xs" c="var(--db-text-3)">
          {lack}{" "}
          {room && about.reason_code === "channel_without_sender" && (
            <Anchor component={Link} to={pathOf(room)} fz="xs">
              {t(`room.${room}`)}
            </Anchor>
          )}
        </Text>
      </div>
    </Group>
  );
}
