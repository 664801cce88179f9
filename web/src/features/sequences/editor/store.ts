// The working copy while it is edited: undo, saving by itself, keeping edits while nobody answers, and bringing them
// together with what somebody else saved meanwhile. No React here; the page subscribes.
import type { FlowDocument } from "@/flow/document";
import { same } from "@/flow/fields";
import { began, edited, redone, undone, type History } from "@/flow/history";
import { stepsChanged } from "@/flow/parts";
import { merged } from "@/flow/threeWay";
import type { Choices, Conflict } from "@/flow/threeWayJudge";
import type { Copy, Failure, Loaded, News, Saving, Server } from "./copy";
import type { Keep } from "./kept";
import { Takings } from "./takings";

const QUIET = 800;
const AGAIN = 4_000;
const MOST_TRIES = 4;

export class DraftStore {
  private copy: Copy | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private running: Promise<void> | undefined;
  /** What was sent last and not answered: the server may have it. It is sent again before anything else. */
  private sent: FlowDocument | undefined;
  private readonly listeners = new Set<() => void>();
  private readonly takings = new Takings();

  constructor(
    private readonly server: Server,
    private readonly keep?: Keep,
  ) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  };

  readonly current = (): Copy | undefined => this.copy;

  /** Take what the server holds, and bring what is not saved yet together with it. */
  async refresh(): Promise<void> {
    const loaded = await this.server.load();
    const { copy } = this;
    if (copy === undefined) this.open(loaded);
    else if (this.running !== undefined || copy.saving.state === "conflict") return;
    else if (copy.saved.revision === loaded.revision) this.put({ saved: loaded });
    else if (copy.saved.revision < loaded.revision) this.meet(loaded);
  }

  /** Look at what somebody saved, once it is known that they did. */
  async heard(revision: number): Promise<void> {
    if (this.copy !== undefined && revision > this.copy.saved.revision) await this.refresh();
  }

  /** Edit the document. `about` names the field that is typed in, so that typing is undone as one. */
  edit(next: (document: FlowDocument) => FlowDocument, about = ""): void {
    if (this.copy === undefined) return;
    this.step(edited(this.copy.history, next(this.copy.history.present), about, Date.now()));
  }

  undo(): void {
    if (this.copy !== undefined) this.walk(undone(this.copy.history));
  }

  redo(): void {
    if (this.copy !== undefined) this.walk(redone(this.copy.history));
  }

  isDirty(): boolean {
    const { copy } = this;
    if (copy === undefined) return false;
    return this.sent !== undefined || !same(copy.history.present, copy.saved.document);
  }

  /** Tell whether what is not saved yet would come back after a reload. */
  isKept(): boolean {
    return same(this.keep?.read()?.document, this.copy?.history.present);
  }

  /** Save what is not saved yet, now. Resolves to true when everything is saved. */
  async flush(): Promise<boolean> {
    await this.running;
    // What somebody else saved may come in between; then the whole is saved.
    for (let tries = 0; tries < MOST_TRIES && this.isDirty() && !this.isStuck(tries); tries++)
      await this.save();
    return !this.isDirty() && this.copy?.saving.state === "saved";
  }

  private isStuck(tries: number): boolean {
    const state = this.copy?.saving.state;
    return state === "conflict" || (tries > 0 && state !== "waiting");
  }

  /** End a conflict by editing on from what the server holds. */
  takeTheirs(): void {
    const theirs = this.copy?.theirs;
    if (theirs !== undefined) this.take(theirs, theirs.document, undefined);
  }

  /** Say what is left to choose in a conflict, after some choices. */
  conflicts(choices: Choices): readonly Conflict[] {
    return this.together(choices)?.conflicts ?? [];
  }

  /** End a conflict by what was chosen; nothing happens while something is left to choose. */
  resolve(choices: Choices): void {
    const [theirs, whole] = [this.copy?.theirs, this.together(choices)];
    if (theirs === undefined || whole === undefined || whole.conflicts.length > 0) return;
    this.take(theirs, whole.document, undefined);
  }

  private together(choices: Choices) {
    const { copy } = this;
    if (copy?.theirs === undefined) return undefined;
    return merged(copy.saved.document, copy.history.present, copy.theirs.document, choices);
  }

  private open(loaded: Loaded): void {
    const kept = this.keep?.read();
    const history = began(kept?.base ?? loaded.document);
    this.takings.mark(history.present);
    this.copy = { history, saved: loaded, saving: { state: "saved" }, theirs: undefined, news: undefined };
    if (kept === undefined || same(kept.document, loaded.document))
      this.take(loaded, loaded.document, undefined);
    else {
      const saved = { ...loaded, document: kept.base };
      this.copy = { ...this.copy, saved, history: edited(history, kept.document, "", Date.now()) };
      this.sent = kept.sent;
      this.meet(loaded, "restored");
    }
  }

  /** Bring our edits together with what the server holds; where that needs a choice, ask for it. */
  private meet(loaded: Loaded, kind: News["kind"] = "merged"): void {
    if (this.copy === undefined) return;
    const isOurs = this.isDirty();
    // Our own, of which we never heard that it is saved: nobody else did anything.
    const isOwn = same(this.sent, loaded.document);
    if (isOwn) this.copy = { ...this.copy, saved: loaded };
    const { history, saved } = this.copy;
    const { document, conflicts } = merged(saved.document, history.present, loaded.document);
    if (conflicts.length > 0) {
      this.put({ saving: { state: "conflict" }, theirs: loaded });
      return;
    }
    const steps = stepsChanged(saved.document, loaded.document);
    const news = { kind: isOurs ? kind : "taken", by: loaded.savedBy, steps } as const;
    this.take(loaded, document, isOwn && kind === "merged" ? undefined : news);
  }

  /** Go on from what the server holds with this document, which has what both did; our undo list stays. */
  private take(loaded: Loaded, document: FlowDocument, news: News | undefined): void {
    if (this.copy === undefined) return;
    const { history, saved } = this.copy;
    this.takings.note(saved.document, loaded.document);
    this.takings.mark(document);
    this.sent = undefined;
    this.put({
      history: { ...history, present: document, last: undefined },
      saved: loaded,
      saving: { state: "saved" },
      theirs: undefined,
      news: news ?? this.copy.news,
    });
    this.settle();
  }

  private walk(history: History<FlowDocument>): void {
    if (history === this.copy?.history) return;
    this.step({ ...history, present: this.takings.upToDate(history.present) });
  }

  private step(history: History<FlowDocument>): void {
    if (history === this.copy?.history || this.copy?.saving.state === "conflict") return;
    this.takings.mark(history.present);
    this.put({ history });
    this.settle();
  }

  /** Keep what is not saved yet, and save it soon. */
  private settle(): void {
    if (this.copy === undefined) return;
    const { history, saved } = this.copy;
    if (!this.isDirty()) {
      clearTimeout(this.timer);
      this.keep?.clear();
      if (this.running === undefined) this.put({ saving: { state: "saved" } });
      return;
    }
    const { revision, document: base } = saved;
    this.keep?.write({ revision, base, document: history.present, sent: this.sent });
    if (this.running === undefined) this.wait(QUIET, { state: "waiting" });
    else this.put({ saving: { state: "saving" } });
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
      if (this.copy?.saving.state === "saving") this.settle();
    });
    return this.running;
  }

  private async saveNow(): Promise<void> {
    const { copy } = this;
    if (copy === undefined || !this.isDirty()) return;
    const document = this.sent ?? copy.history.present;
    this.sent = document;
    this.put({ saving: { state: "saving" } });
    try {
      const saved = await this.server.save(document, copy.saved.revision);
      this.sent = undefined;
      // What says the same stays the same object: nothing is drawn anew for it.
      const problems = [copy.saved.problems].find((before) => same(before, saved.problems)) ?? saved.problems;
      this.put({ saved: { ...saved, document, problems, savedBy: undefined } });
    } catch (error) {
      await this.fail(this.server.failureOf(error));
    }
  }

  private async fail(failure: Failure): Promise<void> {
    if (failure.kind === "offline") {
      this.wait(AGAIN, { state: "offline" });
    } else if (failure.kind === "refused") {
      this.sent = undefined;
      this.put({ saving: { state: "refused", why: failure.why } });
    } else {
      const loaded = await this.server.load().catch(() => undefined);
      if (loaded === undefined) this.wait(AGAIN, { state: "offline" });
      else this.meet(loaded);
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
