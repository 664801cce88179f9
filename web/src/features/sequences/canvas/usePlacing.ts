import { useEffect, useEffectEvent } from "react";
import { useTranslation } from "react-i18next";
import type { Changes } from "@/flow/movings";
import type { Point } from "@/flow/layout";
import { roomFor, stepped } from "@/flow/positions";
import type { Drawn } from "./useDrawn";
import type { Placing } from "./usePositions";

interface Wanted {
  readonly placing: Placing;
  readonly drawn: Drawn;
  readonly readOnly: boolean;
  readonly say: (words: string) => void;
  /** The steps that keys move. */
  readonly picked: () => readonly string[];
  readonly sight: { readonly show: (key: string) => void; readonly showAll: () => void };
}

export interface PlacingDeeds {
  readonly put: (points: ReadonlyMap<string, Point>) => void;
  readonly letGo: (keys: readonly string[]) => void;
  /** Throws all places away: the flow lays itself out. */
  readonly layOut: () => void;
}

const AFTER_DRAWING = 60;

/** Put nodes somewhere, by hand or with Alt and an arrow, and let them go again; each says what it did. */
export function usePlacing({ placing, drawn, readOnly, say, picked, sight }: Wanted): PlacingDeeds {
  const { t } = useTranslation("sequences");
  const { positions } = placing;
  const put = (points: ReadonlyMap<string, Point>) => {
    const found = placesFor(drawn, positions, points);
    placing.move(found);
    const isStill = [...found].every(([key, at]) => isAt(drawn, key, at));
    say(isStill ? t("positions.said.noRoom") : t("positions.said.put", { count: found.size }));
  };
  const letGo = (keys: readonly string[]) => {
    placing.move(new Map(keys.map((key) => [key, undefined])));
    say(t("positions.said.back", { count: keys.length }));
  };
  const nudge = (by: Point) => {
    const keys = picked();
    const [first] = keys.flatMap((key) => drawn.layout.boxes.get(key) ?? []);
    if (first === undefined) return;
    const [dx, dy] = [stepped(first.x, by.x) - first.x, stepped(first.y, by.y) - first.y];
    put(
      new Map(
        keys.flatMap((key): [string, Point][] => {
          const box = drawn.layout.boxes.get(key);
          return box === undefined ? [] : [[key, { x: box.x + dx, y: box.y + dy }]];
        }),
      ),
    );
    if (keys[0] !== undefined) setTimeout(sight.show, AFTER_DRAWING, keys[0]);
  };
  useAltArrows(nudge, !readOnly);
  const layOut = () => {
    if (positions.size > 0) letGo([...positions.keys()]);
    setTimeout(sight.showAll, AFTER_DRAWING);
  };
  return { put, letGo, layOut };
}

/** Find room for several: each beside what was put there before, and beside the ones that came with it. */
function placesFor(
  drawn: Drawn,
  positions: ReadonlyMap<string, Point>,
  points: ReadonlyMap<string, Point>,
): Changes {
  const others = new Map([...positions].filter(([key]) => !points.has(key)));
  const found = new Map<string, Point>();
  for (const [key, at] of points) found.set(key, roomFor(drawn.layout, others, key, at, found));
  return found;
}

function isAt({ layout }: Drawn, key: string, at: Point | undefined): boolean {
  const box = layout.boxes.get(key);
  return box?.x === at?.x && box?.y === at?.y;
}

const ARROWS: Readonly<Record<string, Point>> = {
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
};

/** Alt with an arrow moves what is chosen; the page's own keys leave Alt to others. */
function useAltArrows(move: (by: Point) => void, enabled: boolean): void {
  const hear = useEffectEvent((event: KeyboardEvent) => {
    const by = ARROWS[event.key];
    const element = event.target instanceof Element ? event.target : undefined;
    const isElsewhere =
      element?.closest("input, textarea, [contenteditable=true], [role=dialog], [role=menu]") != null;
    if (!event.altKey || by === undefined || isElsewhere) return;
    event.preventDefault();
    move(by);
  });
  useEffect(() => {
    if (!enabled) return undefined;
    window.document.addEventListener("keydown", hear);
    return () => {
      window.document.removeEventListener("keydown", hear);
    };
  }, [enabled]);
}
