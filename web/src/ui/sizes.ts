const KILO = 1_024;

/** Return a number of bytes as people read it. */
export function sizeOf(bytes: number): string {
  if (bytes < KILO) return `${bytes} B`;
  if (bytes < KILO * KILO) return `${Math.round(bytes / KILO)} kB`;
  return `${(bytes / KILO / KILO).toFixed(1).replace(/\.0$/, "")} MB`;
}
