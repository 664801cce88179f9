// Where nodes were put, while the canvas is open: drawn at once, saved soon, undone like an edit. No React here.
import {
  learnt,
  mayRedo,
  mayUndo,
  moved,
  redone,
  undone,
  UNMOVED,
  unsaved,
  type Changes,
  type Movings,
} from "@/flow/movings";
import type { Positions } from "@/flow/positions";

export interface PositionsServer {
  readonly load: () => Promise<Positions>;
  readonly save: (changes: Changes) => Promise<Positions>;
  /** Why the server will not keep it; undefined where nobody answered. */
  readonly refusalOf: (error: unknown) => string | undefined;
}

export interface Placed extends Movings {
  /** Whether the server was asked: until then nobody knows where the nodes are. */
  readonly asked: boolean;
  /** Why the last move was not kept; the nodes are back then. */
  readonly refusal: string | undefined;
}

const QUIET = 250;
const AGAIN = 4_000;

export class PositionsStore {
  private state: Placed = { ...UNMOVED, asked: false, refusal: undefined };
  /** The steps that the server knows. */
  private steps: readonly string[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;
  private running = false;
  private saves = 0;
  private readonly listeners = new Set<() => void>();

  constructor(private readonly server: PositionsServer) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  };

  readonly current = (): Placed => this.state;

  /** Take what others moved. Where nobody answers, the nodes stay where they are, and it fails. */
  async refresh(): Promise<void> {
    const { saves } = this;
    try {
      const found = await this.server.load();
      // What was asked before a save is older than its answer.
      const isNew = !this.running && saves === this.saves;
      this.put(isNew ? learnt(this.state, found, [...found.keys(), ...this.steps]) : {});
    } finally {
      this.put({ asked: true });
    }
  }

  /** Move nodes, after so many edits of the flow. */
  move(changes: Changes, edits: number): void {
    // What is refused again is told again.
    this.put({ ...moved(this.state, changes, edits), refusal: undefined });
    this.settle(QUIET);
  }

  /** Hear that the flow was edited: as with any edit, what was undone before is not done again. */
  edited(): void {
    if (this.state.future.length > 0) this.put({ future: [] });
  }

  /** Undo a move if that was done last; tell whether it was. */
  undo(edits: number): boolean {
    const may = mayUndo(this.state, edits);
    if (may) this.put(undone(this.state));
    this.settle(QUIET);
    return may;
  }

  redo(edits: number): boolean {
    const may = mayRedo(this.state, edits);
    if (may) this.put(redone(this.state));
    this.settle(QUIET);
    return may;
  }

  /** Hear which steps the server knows now; of a step that it does not know it keeps nothing. */
  know(steps: readonly string[]): void {
    this.steps = steps;
    this.settle(QUIET);
  }

  /** Save what is not saved yet, now. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    const changes = unsaved(this.state, this.steps);
    if (changes.size === 0 || this.running) return;
    this.running = true;
    this.saves += 1;
    let again = QUIET;
    try {
      const found = await this.server.save(changes);
      this.put({ ...learnt(this.state, found, this.steps, changes), refusal: undefined });
    } catch (error) {
      again = await this.fail(this.server.refusalOf(error), changes);
    }
    this.running = false;
    this.settle(again);
  }

  /** What is refused goes back to where the server has it, but for what was moved since; what nobody answered is tried again. */
  private async fail(refusal: string | undefined, sent: Changes): Promise<number> {
    if (refusal === undefined) return AGAIN;
    const found = await this.server.load().catch(() => this.state.saved);
    this.put({ ...learnt(this.state, found, this.steps, sent), past: [], future: [], refusal });
    return QUIET;
  }

  private settle(delay: number): void {
    clearTimeout(this.timer);
    if (unsaved(this.state, this.steps).size > 0) this.timer = setTimeout(() => void this.flush(), delay);
  }

  private put(change: Partial<Placed>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners) listener();
  }
}
