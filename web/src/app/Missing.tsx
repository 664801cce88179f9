import { Anchor } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { BeatStrip } from "@/ui/BeatStrip";
import { EmptyRoom } from "@/ui/EmptyRoom";

/** The page for an address that leads nowhere. */
export function Missing() {
  const { t } = useTranslation();
  return (
    <EmptyRoom
      picture={<BeatStrip days={[]} label="" />}
      title={t("missing.title")}
      order={1}
      hint={t("missing.hint")}
      action={
        <Anchor component={Link} to="/">
          {t("missing.back")}
        </Anchor>
      }
    />
  );
}
