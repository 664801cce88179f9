import type { Step } from "@/flow/document";
import type { InspectorProps } from "./Inspector";

/** Return how fields of a step are changed; typing in one field is undone as one. */
export function useField<S extends Step>({ step, acts }: Pick<InspectorProps, "step" | "acts">) {
  return <Name extends keyof S & string>(name: Name, value: S[Name]) => {
    acts.change(step.key, { [name]: value }, `${step.key}.${name}`);
  };
}
