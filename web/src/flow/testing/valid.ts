import type { FlowDocument } from "../document";
import { leadsTo } from "../ways";

/** Say what the server would refuse in a document: keys that are not unique, ways to steps that are not there. */
export function faultsOf(document: FlowDocument): readonly string[] {
  const keys = document.steps.map((step) => step.key);
  const known = new Set<string | null>([null, ...keys]);
  return [
    ...keys.filter((key, index) => keys.indexOf(key) !== index).map((key) => `${key} twice`),
    ...(known.has(document.start) ? [] : [`start ${document.start ?? ""}`]),
    ...document.steps.flatMap((step) => {
      const half = [step.on_skip, step.on_failure].some((way) => way?.kind === "step" && way.step == null);
      const lost = leadsTo(step).filter((to) => !known.has(to));
      return [...lost.map((to) => `${step.key} to ${to ?? ""}`), ...(half ? [`${step.key} half a way`] : [])];
    }),
  ];
}
