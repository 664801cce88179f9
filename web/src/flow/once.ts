/**
 * Remember what was found of something that never changes, for as long as it is there itself: walks over a long flow
 * ask for the same again and again.
 */
export function once<Of extends object, Found extends object>(find: (of: Of) => Found): (of: Of) => Found {
  const known = new WeakMap<Of, Found>();
  return (of) => {
    let found = known.get(of);
    if (found === undefined) {
      found = find(of);
      known.set(of, found);
    }
    return found;
  };
}
