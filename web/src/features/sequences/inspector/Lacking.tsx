import { Anchor, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useStepKinds } from "@/api/sequenceContent";
import { Problem } from "@/ui/Problem";
import { lackOf } from "../lintWords";
import { pathOf } from "../rooms";
import { kindWords } from "../stepWords";
import classes from "./Inspector.module.css";
import type { InspectorProps } from "./Inspector";

/** What a kind of step lacks in this workspace; it can be written all the same. */
export function Lacking({ step }: Pick<InspectorProps, "step">) {
  const { t, i18n } = useTranslation("sequences");
  const offer = useStepKinds().data?.find((each) => each.kind === step.kind);
  if (offer === undefined || offer.available) return null;
  const room = offer.reason_code === "channel_without_sender" && offer.room !== "" ? offer.room : undefined;
  return (
    <div className={classes.lacking}>
      <Problem
        tone="amber"
        title={t("inspector.lacking", { kind: kindWords(t, step) })}
        text={
          <>
            <Text span inherit>
              {lackOf(offer, i18n.language)}
            </Text>{" "}
            {room && (
              <Anchor component={Link} to={pathOf(room)} inherit underline="always">
                {t(`room.${room}`)}
              </Anchor>
            )}
          </>
        }
      />
    </div>
  );
}
