import { Anchor, Button, Drawer, UnstyledButton, VisuallyHidden } from "@mantine/core";
import { IconAlertTriangle, IconGripVertical, IconPlus } from "@tabler/icons-react";
import { memo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useStepKinds, type StepKind } from "@/api/sequenceContent";
import { KindIcon } from "@/ui/kinds";
import { lackOf } from "../lintWords";
import { pathOf } from "../rooms";
import classes from "./Palette.module.css";
import { DRAGGED, GROUPS, type Offer } from "../editor/offers";

interface PaletteProps {
  /** Puts it behind what is chosen: for keys and fingers. */
  readonly onAdd: (offer: Offer) => void;
  readonly onDrag: (dragged: boolean) => void;
}

/** Every kind of step, to be dragged onto the canvas or pressed. What cannot be used says what it lacks. */
export const Palette = memo(function Palette({ onAdd, onDrag }: PaletteProps) {
  const { t } = useTranslation("sequences");
  const known = useStepKinds().data ?? [];
  return (
    <section aria-label={t("canvas.palette")}>
      {GROUPS.map(({ name, offers }) => (
        <div key={name} role="group" aria-label={t(`canvas.group.${name}`)}>
          <h2 className={classes.group}>{t(`canvas.group.${name}`)}</h2>
          {offers.map((offer) => {
            const about = known.find(({ kind }) => kind === offer.kind);
            if (about === undefined) return null;
            return about.available ? (
              <Usable key={offer.label} offer={offer} onAdd={onAdd} onDrag={onDrag} />
            ) : (
              <Lacking key={offer.label} offer={offer} about={about} />
            );
          })}
        </div>
      ))}
    </section>
  );
});

function Usable({ offer, onAdd, onDrag }: PaletteProps & { readonly offer: Offer }) {
  const { t } = useTranslation("sequences");
  return (
    <UnstyledButton
      className={classes.offer ?? ""}
      draggable
      data-offer={offer.label}
      title={t(`kindHint.${offer.label}`)}
      onDragStart={(event) => {
        event.dataTransfer.setData(DRAGGED, offer.label);
        event.dataTransfer.effectAllowed = "copy";
        onDrag(true);
      }}
      onDragEnd={() => {
        onDrag(false);
      }}
      onClick={() => {
        onAdd(offer);
      }}
    >
      <KindIcon kind={offer.kind} jobType={offer.label} />
      {t(`kind.${offer.label}`)}
      <IconGripVertical size={14} color="var(--db-faint)" aria-hidden style={{ marginLeft: "auto" }} />
    </UnstyledButton>
  );
}

function Lacking({ offer, about }: { readonly offer: Offer; readonly about: StepKind }) {
  const { t, i18n } = useTranslation("sequences");
  const lack = lackOf(about, i18n.language);
  const room = about.room === "" ? undefined : about.room;
  return (
    <div className={classes.lacking} title={lack}>
      <div className={classes.offer} data-lacking aria-disabled>
        <span style={{ display: "flex", opacity: 0.5 }}>
          <KindIcon kind={offer.kind} jobType={offer.label} />
        </span>
        {t(`kind.${offer.label}`)}
        <IconAlertTriangle size={14} color="var(--db-amber)" aria-hidden style={{ marginLeft: "auto" }} />
      </div>
      {room && about.reason_code === "channel_without_sender" ? (
        <p className={classes.why}>
          {t("canvas.needs")}{" "}
          <Anchor component={Link} to={pathOf(room)} fz="inherit" underline="always">
            {t(`room.${room}`)}
          </Anchor>
          <VisuallyHidden>{lack}</VisuallyHidden>
        </p>
      ) : (
        <p className={classes.why}>{lack}</p>
      )}
    </div>
  );
}

/** On a phone: one button, and the same list over the page. */
export function NarrowPalette({ onAdd }: Pick<PaletteProps, "onAdd">) {
  const { t } = useTranslation("sequences");
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        leftSection={<IconPlus size={16} />}
        onClick={() => {
          setOpen(true);
        }}
      >
        {t("line.add")}
      </Button>
      <Drawer
        opened={open}
        position="bottom"
        size="70%"
        title={t("canvas.palette")}
        onClose={() => {
          setOpen(false);
        }}
      >
        <Palette
          onDrag={() => undefined}
          onAdd={(offer) => {
            setOpen(false);
            onAdd(offer);
          }}
        />
      </Drawer>
    </>
  );
}
