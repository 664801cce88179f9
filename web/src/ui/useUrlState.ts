import { useCallback, useMemo } from "react";
import { useSearchParams } from "react-router";

/** What someone may want to share lies in the address: filters, sort, the open row. A default leaves no trace there.
 *  Setting replaces the address, so that going back leaves the room instead of undoing filters. */
export function useUrlState<Values extends Readonly<Record<string, string>>>(
  defaults: Values,
): [
  values: { readonly [Name in keyof Values]: string },
  set: (changed: Partial<Record<keyof Values, string>>) => void,
] {
  const [params, setParams] = useSearchParams();
  const shape = JSON.stringify(defaults);
  const values = useMemo(() => {
    const entries = Object.entries(JSON.parse(shape) as Record<string, string>);
    return Object.fromEntries(entries.map(([name, otherwise]) => [name, params.get(name) ?? otherwise]));
  }, [params, shape]);
  const set = useCallback(
    (changed: Partial<Record<keyof Values, string>>) => {
      setParams((before) => written(before, JSON.parse(shape) as Record<string, string>, changed), {
        replace: true,
      });
    },
    [setParams, shape],
  );
  return [values as { readonly [Name in keyof Values]: string }, set];
}

function written(
  before: URLSearchParams,
  defaults: Readonly<Record<string, string>>,
  changed: Partial<Record<string, string>>,
): URLSearchParams {
  const after = new URLSearchParams(before);
  for (const [name, value] of Object.entries(changed)) {
    if (value === undefined || value === defaults[name]) after.delete(name);
    else after.set(name, value);
  }
  return after;
}
