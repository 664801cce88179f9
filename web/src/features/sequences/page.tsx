import { useTranslation } from "react-i18next";
import { BeatStrip } from "@/ui/BeatStrip";
import { EmptyRoom } from "@/ui/EmptyRoom";
import { Room } from "@/ui/Room";

const EXAMPLE = [0, 3, 7, 14];

export function Component() {
  const { t } = useTranslation("sequences");
  return (
    <Room title={t("title")}>
      <EmptyRoom
        picture={<BeatStrip days={EXAMPLE} label={t("empty.picture")} />}
        title={t("empty.title")}
        hint={t("empty.hint")}
      />
    </Room>
  );
}
