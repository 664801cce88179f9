// The working copy as the page sees it, and what the store needs of a server.
import type { FlowProblem } from "@/api/sequenceContent";
import type { FlowDocument } from "@/flow/document";
import type { History } from "@/flow/history";

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

/** What happened to the document besides our own edits: somebody else's came in, or kept ones came back. */
export interface News {
  readonly kind: "taken" | "merged" | "restored";
  readonly by: string | undefined;
  /** The steps that they added, removed or changed. */
  readonly steps: readonly string[];
}

export interface Copy {
  readonly history: History<FlowDocument>;
  readonly saved: Loaded;
  readonly saving: Saving;
  /** What the server holds while it cannot be brought together with our edits by itself. */
  readonly theirs: Loaded | undefined;
  readonly news: News | undefined;
}

export interface Server {
  readonly load: () => Promise<Loaded>;
  readonly save: (document: FlowDocument, revision: number) => Promise<Saved>;
  readonly failureOf: (error: unknown) => Failure;
}
