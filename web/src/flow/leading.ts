// Letting a way lead elsewhere: what its end may be put on, and why not on the rest.
import { comingTo } from "./blocks";
import type { FlowDocument } from "./document";
import { END_ID, START_ID, type GraphEdge } from "./graph";
import { connect, replace } from "./slots";
import { START } from "./ways";

/** An edge whose end is held: `back` is the way of a step that leads people back, detours have no way. */
export type Held = Pick<GraphEdge, "from" | "to" | "role" | "way">;

/**
 * Why an end stays where it is: it `stays` there already, it would come to its own step (`itself`), it would lead
 * people `back` (a step of its own does that), or it leads back and would lead `onward`.
 */
export type Refusal = "stays" | "itself" | "back" | "onward";

/** Return why an edge cannot lead to a node; undefined where it can. */
export function refused(
  document: FlowDocument,
  { from, to: now, role }: Held,
  to: string,
): Refusal | undefined {
  if (to === now) return "stays";
  if (to === from) return "itself";
  if (from === START_ID) return undefined;
  const leadsBack = role === "back";
  if (to === START_ID) return leadsBack ? "onward" : "back";
  const isBefore = comingTo(document, from).has(to);
  if (isBefore === leadsBack) return undefined;
  return leadsBack ? "onward" : "back";
}

/** Let an edge lead to a node. Nothing is changed where it cannot. */
export function ledTo(document: FlowDocument, edge: Held, to: string): FlowDocument {
  if (refused(document, edge, to) !== undefined) return document;
  const key = to === END_ID ? null : to;
  if (edge.from === START_ID) return connect(document, START, key);
  if (edge.way !== undefined) return connect(document, { step: edge.from, way: edge.way }, key);
  const detour = key === null ? { kind: "finish" } : { kind: "step", step: key };
  return replace(document, edge.from, (step) => Object.assign({}, step, { [edge.role]: detour }));
}

/** List the nodes to which an edge may lead, in the order of the document; the end comes last. */
export function leadableTo(document: FlowDocument, edge: Held): readonly string[] {
  const keys = [...document.steps.map(({ key }) => key), END_ID];
  return keys.filter((to) => refused(document, edge, to) === undefined);
}
