// A share with its uncertainty: honest about small numbers.

export interface Interval {
  readonly low: number;
  readonly high: number;
}

const Z = 1.96;

/** Return the 95% Wilson interval of `hits` in `total`, as shares; undefined for nothing. */
export function interval(hits: number, total: number): Interval | undefined {
  if (total <= 0) return undefined;
  const share = hits / total;
  const middle = share + (Z * Z) / (2 * total);
  const spread = Z * Math.sqrt((share * (1 - share)) / total + (Z * Z) / (4 * total * total));
  const scale = 1 + (Z * Z) / total;
  return { low: Math.max(0, (middle - spread) / scale), high: Math.min(1, (middle + spread) / scale) };
}
