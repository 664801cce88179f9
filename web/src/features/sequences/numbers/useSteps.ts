// The truth about the steps of one sequence, and the switch to a simulation of it.
import { useMemo, useState } from "react";
import type { Sequence } from "@/api/sequences";
import { useMay } from "@/api/session";
import { useSimulation, type Simulating } from "@/api/simulations";
import { useStepNumbers } from "@/api/stepNumbers";
import type { Editor } from "../editor/useDraft";
import { askedOf, USUAL } from "../simulate/choices";
import type { Truth } from "./truth";

export const PEOPLE = 1_000;

export interface Overlay {
  readonly truth: Truth;
  readonly simulating: Simulating;
  /** A simulation is shown, or on its way. */
  readonly on: boolean;
  readonly toggle: () => void;
}

/** The simulation reads the working copy of the server, so what is edited is saved first. */
export function useStepsTruth(sequence: Sequence, editor: Editor): Overlay {
  const may = useMay()("enrollments.view");
  const { data } = useStepNumbers(sequence.id, may && sequence.version !== null);
  const simulating = useSimulation(sequence.id);
  const [on, setOn] = useState(false);
  const simulation = on && !simulating.busy ? simulating.state?.simulation : undefined;
  const truth = useMemo(
    () => ({
      sequenceId: sequence.id,
      numbers: new Map((data ?? []).map((one) => [one.step, one])),
      simulated: simulation ? new Map(simulation.steps.map((one) => [one.key, one])) : undefined,
    }),
    [sequence.id, data, simulation],
  );
  const { store } = editor;
  return useMemo(() => {
    const toggle = () => {
      setOn(!on);
      if (on) return;
      void store.flush().then(() => {
        simulating.ask(askedOf({ ...USUAL, version: "draft", people: PEOPLE }));
      });
    };
    return { truth, simulating, on, toggle };
  }, [truth, simulating, on, store]);
}
