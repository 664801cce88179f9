// The working copy while it is edited: undo, saving by itself, and what to do when somebody else saved meanwhile.
// No React here; the page subscribes.
import type { FlowProblem } from "@/api/sequenceContent";
import type { FlowDocument } from "@/flow/document";
import { same } from "@/flow/fields";
import { began, edited, redone, undone, type History } from "@/flow/history";

export interface Loaded {
  readonly document: FlowDocument;
  readonly revision: number;
  readonly savedAt: string;
  readonly savedBy: string | undefined;
  readonly changed: boolean;
  readonly problems: readonly FlowProblem[];
}

export type Saved = Omit<Loaded, "document" | "savedBy">;

export type Saving =
  | { readonly state: "saved" }
  | { readonly state: "waiting" }
  | { readonly state: "saving" }
  | { readonly state: "offline" }
  | { readonly state: "refused"; readonly why: string }
  | { readonly state: "conflict" };

/** Why a save failed: nobody answered, somebody saved before, or the server says what is wrong. */
export type Failure =
  { readonly kind: "offline" | "conflict" } | { readonly kind: "refused"; readonly why: string };

export interface Copy {
  readonly history: History<FlowDocument>;
  readonly saved: Loaded;
  readonly saving: Saving;
  /** What the server holds while it is not what we edited from. */
  readonly theirs: Loaded | undefined;
}

export interface Server {
  readonly load: () => Promise<Loaded>;
  readonly save: (document: FlowDocument, revision: number) => Promise<Saved>;
  readonly failureOf: (error: unknown) => Failure;
}

const QUIET = 800;
const AGAIN = 4_000;

export class DraftStore {
  private copy: Copy | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private running: Promise<void> | undefined;
  private readonly listeners = new Set<() => void>();

  constructor(private readonly server: Server) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  };

  readonly current = (): Copy | undefined => this.copy;

  /** Take what the server holds, unless something here is not saved yet. */
  async refresh(): Promise<void> {
    const loaded = await this.server.load();
    if (this.copy !== undefined && this.isDirty()) return;
    if (this.copy?.saved.revision === loaded.revision) this.put({ saved: loaded });
    else this.take(loaded);
  }

  /** Edit the document. `about` names the field that is typed in, so that typing is undone as one. */
  edit(next: (document: FlowDocument) => FlowDocument, about = ""): void {
    const { copy } = this;
    if (copy === undefined || copy.saving.state === "conflict") return;
    this.step(edited(copy.history, next(copy.history.present), about, Date.now()));
  }

  undo(): void {
    if (this.copy !== undefined) this.step(undone(this.copy.history));
  }

  redo(): void {
    if (this.copy !== undefined) this.step(redone(this.copy.history));
  }

  isDirty(): boolean {
    const { copy } = this;
    return copy !== undefined && !same(copy.history.present, copy.saved.document);
  }

  /** Save what is not saved yet, now. Resolves to true when everything is saved. */
  async flush(): Promise<boolean> {
    clearTimeout(this.timer);
    await this.running;
    if (this.copy?.saving.state === "conflict") return false;
    if (this.isDirty()) await this.save();
    return !this.isDirty() && this.copy?.saving.state === "saved";
  }

  /** End a conflict by editing on from what the server holds. */
  takeTheirs(): void {
    if (this.copy?.theirs !== undefined) this.take(this.copy.theirs);
  }

  private take(loaded: Loaded): void {
    this.copy = {
      history: began(loaded.document),
      saved: loaded,
      saving: { state: "saved" },
      theirs: undefined,
    };
    this.tell();
  }

  private step(history: History<FlowDocument>): void {
    if (history === this.copy?.history) return;
    this.put({ history });
    if (!this.isDirty()) this.put({ saving: { state: "saved" } });
    else if (this.running === undefined) this.wait(QUIET, { state: "waiting" });
  }

  private wait(delay: number, saving: Saving): void {
    clearTimeout(this.timer);
    this.put({ saving });
    this.timer = setTimeout(() => void this.save(), delay);
  }

  private save(): Promise<void> {
    clearTimeout(this.timer);
    this.running ??= this.saveNow().finally(() => {
      this.running = undefined;
      if (this.copy?.saving.state === "saving") this.wait(QUIET, { state: "waiting" });
    });
    return this.running;
  }

  private async saveNow(): Promise<void> {
    const { copy } = this;
    if (copy === undefined || !this.isDirty()) return;
    const document = copy.history.present;
    this.put({ saving: { state: "saving" } });
    try {
      const saved = await this.server.save(document, copy.saved.revision);
      this.put({ saved: { ...saved, document, savedBy: undefined } });
      // Edits that came while this one was under way are saved next.
      if (!this.isDirty()) this.put({ saving: { state: "saved" } });
    } catch (error) {
      await this.fail(this.server.failureOf(error));
    }
  }

  private async fail(failure: Failure): Promise<void> {
    if (failure.kind === "offline") {
      this.wait(AGAIN, { state: "offline" });
    } else if (failure.kind === "refused") {
      this.put({ saving: { state: "refused", why: failure.why } });
    } else {
      this.put({ saving: { state: "conflict" } });
      this.put({ theirs: await this.server.load() });
    }
  }

  private put(change: Partial<Copy>): void {
    if (this.copy === undefined) return;
    this.copy = { ...this.copy, ...change };
    this.tell();
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}
