import type { Acts } from "./useActs";

const nothing = () => undefined;

/** The acts of who may only look: they do nothing. */
export const IDLE: Acts = {
  choose: nothing,
  add: nothing,
  remove: nothing,
  duplicate: nothing,
  reorder: nothing,
  moveBy: nothing,
  change: nothing,
  edit: nothing,
  drop: nothing,
  copy: nothing,
  paste: () => Promise.resolve([]),
};
