import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Guide } from "@/flow/positions";
import { START } from "@/flow/ways";
import { cellOf } from "@/ui/cell";
import { openInspector } from "../editor/openInspector";
import type { LineProps } from "../editor/types";
import type { T } from "./drawn";
import { leadsOf } from "./leads";
import { slotBehind } from "./places";
import { slotName, type CanvasRoom } from "./room";
import type { Several } from "./useDeeds";
import type { Drawn } from "./useDrawn";
import type { PlacingDeeds } from "./usePlacing";

interface Wanted extends LineProps {
  readonly several: Several;
  readonly goTo: (key: string) => void;
  readonly drawn: Drawn;
  readonly placed: PlacingDeeds;
  readonly say: (words: string) => void;
}

/** Return what the nodes and edges need; it stays the same while the flow changes. */
export function useRoom(props: Wanted): CanvasRoom {
  const { t } = useTranslation("sequences");
  const [latest] = useState(() => cellOf({ ...props, t }));
  useEffect(() => {
    latest.set({ ...props, t });
  });
  const { readOnly } = props;
  return useMemo(() => ({ ...roomOf(latest.get), readOnly }), [latest, readOnly]);
}

function roomOf(now: () => Wanted & { readonly t: T }): Omit<CanvasRoom, "readOnly"> {
  const [over, adding] = [cellOf(""), cellOf("")];
  return {
    over,
    adding,
    guides: cellOf<readonly Guide[]>([]),
    leads: leadsOf(now),
    deeds: {
      choose: (key) => {
        now().acts.choose(key);
      },
      open: (key) => {
        now().goTo(key);
        openInspector(key);
      },
      add: (slot, kind) => {
        now().several.put(slot, { kind, label: kind });
      },
      addAfter: (key) => {
        const { drawn, document } = now();
        const step = drawn.steps.get(key ?? document.steps.at(-1)?.key ?? "");
        const slot = step === undefined ? START : slotBehind(step);
        if (slot !== undefined) adding.set(slotName(slot));
      },
      changeDelay: (key, delay) => {
        now().acts.change(key, { delay }, "delay");
      },
      duplicate: (key) => {
        now().several.duplicate([key]);
      },
      remove: (key) => {
        now().several.remove([key]);
      },
      letGo: (key) => {
        now().placed.letGo([key]);
      },
    },
  };
}
