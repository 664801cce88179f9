// What others saved while we edit, so that undoing our own edits never undoes theirs.
import type { FlowDocument } from "@/flow/document";
import { merged } from "@/flow/threeWay";

interface Taking {
  readonly before: FlowDocument;
  readonly after: FlowDocument;
}

/** Remembers which documents of the undo list are from before somebody else's change. */
export class Takings {
  private readonly all: Taking[] = [];
  private readonly known = new WeakMap<FlowDocument, number>();

  /** Note that the saved document changed under our edits. */
  note(before: FlowDocument, after: FlowDocument): void {
    this.all.push({ before, after });
  }

  /** Note that a document has everything that others did until now. */
  mark(document: FlowDocument): void {
    if (!this.known.has(document)) this.known.set(document, this.all.length);
  }

  /** Return a document of the undo list with what others did since. */
  upToDate(document: FlowDocument): FlowDocument {
    const later = this.all.slice(this.known.get(document) ?? 0);
    const whole = later.reduce((held, { before, after }) => merged(before, held, after).document, document);
    this.mark(whole);
    return whole;
  }
}
