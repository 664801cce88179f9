/** Return where the thing is set up that a kind of step lacks. */
export function pathOf(room: string): string {
  return room === "numbers" ? "/settings/numbers" : `/${room}`;
}
