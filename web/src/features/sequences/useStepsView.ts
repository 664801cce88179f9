import { useSearchParams } from "react-router";

export type StepsView = "line" | "canvas";

const REMEMBERED = "drumbeat.steps-view";

/** How the steps of a sequence are shown: as the address says, else as this person last chose for it. */
export function useStepsView(sequence: number): [StepsView, (view: StepsView) => void] {
  const [params, setParams] = useSearchParams();
  const name = `${REMEMBERED}.${sequence}`;
  const view = params.get("view") ?? localStorage.getItem(name);
  const choose = (chosen: StepsView) => {
    localStorage.setItem(name, chosen);
    setParams(
      (before) => {
        before.set("view", chosen);
        return before;
      },
      { replace: true },
    );
  };
  return [view === "canvas" ? "canvas" : "line", choose];
}
