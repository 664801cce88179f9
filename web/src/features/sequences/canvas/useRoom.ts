import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Box, Point } from "@/flow/layout";
import type { Guide } from "@/flow/positions";
import { slotBehind } from "@/flow/slots";
import { START, type Slot } from "@/flow/ways";
import { cellOf } from "@/ui/cell";
import { openInspector } from "../editor/openInspector";
import type { LineProps } from "../editor/types";
import type { T } from "./drawn";
import { leadsOf } from "./leads";
import { slotName, type CanvasRoom } from "./room";
import type { Several } from "./useDeeds";
import type { Drawn } from "./useDrawn";
import type { PlacingDeeds } from "./usePlacing";

type Place = Omit<Box, "row">;

interface Wanted extends LineProps {
  readonly several: Several;
  readonly goTo: (key: string) => void;
  /** Bring a place into sight. */
  readonly look: (place: Place) => void;
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
    pulls: cellOf<ReadonlyMap<string, Point>>(new Map()),
    leads: leadsOf(now),
    deeds: {
      choose: (key) => {
        now().acts.choose(key);
      },
      open: (key) => {
        now().goTo(key);
        openInspector(key);
      },
      add: (slot, offer) => {
        now().several.put(slot, offer);
      },
      addAfter: (key) => {
        const { drawn, document, look } = now();
        const step = drawn.steps.get(key ?? document.steps.at(-1)?.key ?? "");
        const slot = step === undefined ? START : slotBehind(step);
        if (slot === undefined) return;
        const name = slotName(slot);
        const place = placeOf(name, drawn);
        if (place !== undefined) look(place);
        onceDrawn(name, () => {
          adding.set(name);
        });
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

const AGAIN = 30;
const TRIES = 20;

/** What is out of sight is not drawn, and a list whose + is not drawn cannot open. */
function onceDrawn(name: string, act: () => void, tries = TRIES): void {
  if (document.querySelector(`[data-canvas] [data-slot="${name}"]`) !== null) act();
  else if (tries > 0) setTimeout(onceDrawn, AGAIN, name, act, tries - 1);
}

/** Return where the + of a slot is: on a way, or above the step that follows. */
export function placeOf(name: string, { nodes, edges }: Pick<Drawn, "nodes" | "edges">): Place | undefined {
  const isIt = ({ slot }: { readonly slot: Slot | undefined }) =>
    slot !== undefined && slotName(slot) === name;
  const at = edges.find(({ data }) => data !== undefined && isIt(data))?.data?.plusAt;
  if (at !== undefined) return { ...at, width: 0, height: 0 };
  const node = nodes.find(({ data }) => isIt(data));
  return node && { ...node.position, width: node.width ?? 0, height: node.data.height };
}
