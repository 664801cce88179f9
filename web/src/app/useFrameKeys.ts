import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { type KeyAct, useKeys } from "@/ui/keys";
import { openHelp } from "./help";
import { openPalette } from "./palette";
import { roomsFor } from "./rooms";

/** The keys that work in every room. */
export function useFrameKeys(): void {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const goings = roomsFor(false).flatMap((room): KeyAct[] =>
    room.key === undefined
      ? []
      : [
          {
            keys: `g ${room.key}`,
            label: t("keys.go", { room: t(`room.${room.name}`) }),
            act: () => void navigate(`/${room.path}`),
          },
        ],
  );
  useKeys(
    t("keys.everywhere"),
    [
      { keys: "mod+k", label: t("keys.palette"), act: openPalette, whileTyping: true },
      { keys: "?", label: t("keys.help"), act: openHelp },
      ...goings,
    ],
    { where: "frame" },
  );
}
