// Whether the server answers: learned from every call, so that nothing has to ask for it.
import { useSyncExternalStore } from "react";

let reachable = true;
const listeners = new Set<() => void>();

function learn(answers: boolean): void {
  if (answers === reachable) return;
  reachable = answers;
  for (const listener of listeners) listener();
}

/** Pass a call on, and learn from it whether the server answers at all. */
export async function watched(call: Promise<Response>): Promise<Response> {
  try {
    const response = await call;
    learn(true);
    return response;
  } catch (error) {
    // A call that a page gave up says nothing about the server.
    if (!(error instanceof DOMException && error.name === "AbortError")) learn(false);
    throw error;
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** Tell whether the last call was answered. */
export function useReachable(): boolean {
  return useSyncExternalStore(subscribe, () => reachable);
}
