import type { Step } from "@/flow/document";
import type { FormProps } from "./FormProps";

/** Return how fields of a step are changed; typing in one field is undone as one. */
export function useField<S extends Step>({ step, acts }: Pick<FormProps, "step" | "acts">) {
  return <Name extends keyof S & string>(name: Name, value: S[Name]) => {
    acts.change(step.key, { [name]: value }, `${step.key}.${name}`);
  };
}
