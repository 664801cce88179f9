import { useSyncExternalStore } from "react";

const clocks = new Map<number, Clock>();

interface Clock {
  now: number;
  readonly listeners: Set<() => void>;
  timer: ReturnType<typeof setInterval> | undefined;
}

function clockOf(every: number): Clock {
  const clock = clocks.get(every) ?? { now: Date.now(), listeners: new Set(), timer: undefined };
  clocks.set(every, clock);
  return clock;
}

function start(clock: Clock, every: number, listener: () => void): () => void {
  clock.listeners.add(listener);
  clock.timer ??= setInterval(() => {
    clock.now = Date.now();
    for (const told of clock.listeners) told();
  }, every);
  return () => {
    clock.listeners.delete(listener);
    if (clock.listeners.size > 0) return;
    clearInterval(clock.timer);
    clock.timer = undefined;
  };
}

/** The time here in milliseconds, a new one each so often; all who ask for the same pace share a timer. */
export function useNow(everyMs: number): number {
  const clock = clockOf(everyMs);
  return useSyncExternalStore(
    (listener) => start(clock, everyMs, listener),
    () => current(clock, everyMs),
  );
}

/** While nobody listens the clock stands still: it may be old by one beat, no more. */
function current(clock: Clock, every: number): number {
  if (clock.timer === undefined && Date.now() - clock.now > every) clock.now = Date.now();
  return clock.now;
}
