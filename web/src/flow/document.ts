// The flow document as the server writes it: every way out is there, what else has its default is left away.
// Mirrors docs/reference/flow-document.schema.json; the words and their defaults are tested against it.

import type { Condition } from "./condition";

export type Channel = "email" | "sms" | "whatsapp" | "voice";
export type JobType = "initial_outreach" | "follow_up_email" | "re_engagement" | "voicemail_drop";

export interface Way {
  readonly kind?: "go_on" | "finish" | "step";
  readonly step?: string | null;
}

export interface Hints {
  readonly angle?: string;
  readonly call_to_action?: string;
  readonly value_proposition?: string;
}

/** A file that goes along; HTML shows an image as `cid:file-<id>`. */
export interface FileRef {
  readonly id: number;
  readonly name: string;
}

/** `layout` `default` is the workspace's. */
export interface EmailContent {
  readonly subject?: string;
  readonly text?: string;
  readonly html?: string;
  readonly mjml?: string;
  readonly preheader?: string;
  readonly layout?: "default" | "plain" | "branded";
  readonly attachments?: readonly FileRef[];
}

export interface Branch {
  readonly name: string;
  readonly condition: Condition;
  readonly next: string | null;
}

export interface Arm {
  readonly name: string;
  readonly weight?: number;
  readonly next: string | null;
}

export interface NamedBranch {
  readonly name: string;
  readonly description?: string;
  readonly next: string | null;
}

/** `next` null ends the flow. `delay` is a text such as `4d`; see `delay`. */
interface StepBase {
  readonly key: string;
  readonly name?: string;
  readonly delay?: string;
  readonly next: string | null;
  readonly only_if?: Condition | null;
  readonly on_skip?: Way;
  readonly on_failure?: Way;
}

interface Written {
  readonly written_by?: "person" | "agent";
  readonly hints?: Hints;
  readonly sender?: string | null;
}

export interface EmailStep extends StepBase, Written {
  readonly kind: "email";
  readonly job_type?: JobType;
  readonly content?: EmailContent | null;
}

export interface SmsStep extends StepBase, Written {
  readonly kind: "sms";
  readonly job_type?: JobType;
  readonly text?: string;
}

export interface WhatsAppStep extends StepBase, Written {
  readonly kind: "whatsapp";
  readonly job_type?: JobType;
  readonly text?: string;
  readonly template_id?: string | null;
  readonly template_variables?: Readonly<Record<string, string>>;
}

export interface VoiceStep extends StepBase, Written {
  readonly kind: "voice";
  readonly job_type?: JobType;
  readonly script?: string;
  readonly on_human?: "hang_up" | "read" | "connect";
  readonly on_machine?: "leave_script" | "hang_up";
  readonly retries?: number;
  readonly retry_after?: string;
}

export interface TaskStep extends StepBase {
  readonly kind: "task";
  readonly task_kind?: "to_do" | "call";
  readonly title?: string;
  readonly text?: string;
  readonly assignee?: string | null;
  readonly due_in?: string;
  readonly waits?: boolean;
  readonly when_not_done?: "wait" | "skip" | "escalate";
  readonly give_up_after?: string;
}

/** The first branch whose condition holds is taken; `next` is the else way. */
export interface ConditionStep extends StepBase {
  readonly kind: "condition";
  readonly branches?: readonly Branch[];
}

export interface SplitStep extends StepBase {
  readonly kind: "split";
  readonly arms?: readonly Arm[];
  readonly automatic_winner?: boolean;
}

export interface WaitForStep extends StepBase {
  readonly kind: "wait_for";
  readonly event?: string;
  readonly time_limit?: string;
  readonly timed_out: string | null;
}

export interface GoToStep extends StepBase {
  readonly kind: "go_to";
  readonly target?: string;
  readonly max_rounds?: number | null;
}

export interface AiDecideStep extends StepBase {
  readonly kind: "ai_decide";
  readonly question?: string;
  readonly time_limit?: string;
  readonly branches?: readonly NamedBranch[];
}

export interface AiQualifyStep extends StepBase {
  readonly kind: "ai_qualify";
  readonly question?: string;
  readonly time_limit?: string;
  readonly qualified: string | null;
  readonly unqualified: string | null;
}

export interface NotifyStep extends StepBase {
  readonly kind: "notify";
  readonly to?: string;
  readonly by?: readonly ("in_app" | "email" | "sms")[];
  readonly text?: string;
}

export interface TagStep extends StepBase {
  readonly kind: "tag";
  readonly action?: "add" | "remove";
  readonly tag?: string;
}

export interface SetFieldStep extends StepBase {
  readonly kind: "set_field";
  readonly field?: string;
  readonly value?: string | number | boolean | null;
}

export interface SetStageStep extends StepBase {
  readonly kind: "set_stage";
  readonly stage?: string;
}

export interface ListStep extends StepBase {
  readonly kind: "list";
  readonly action?: "add" | "remove";
  readonly list?: string;
}

export interface OtherSequenceStep extends StepBase {
  readonly kind: "other_sequence";
  readonly action?: "enroll" | "finish";
  readonly sequence?: string;
}

export interface WebhookStep extends StepBase {
  readonly kind: "webhook";
  readonly url?: string;
  readonly body?: string;
}

export interface SuppressStep extends StepBase {
  readonly kind: "suppress";
  readonly channel?: Channel | null;
}

export interface EndStep extends StepBase {
  readonly kind: "end";
  readonly goal?: boolean;
}

export type Step =
  | EmailStep
  | SmsStep
  | WhatsAppStep
  | VoiceStep
  | TaskStep
  | ConditionStep
  | SplitStep
  | WaitForStep
  | GoToStep
  | AiDecideStep
  | AiQualifyStep
  | NotifyStep
  | TagStep
  | SetFieldStep
  | SetStageStep
  | ListStep
  | OtherSequenceStep
  | WebhookStep
  | SuppressStep
  | EndStep;

export type Kind = Step["kind"];
export type StepOf<K extends Kind> = Extract<Step, { kind: K }>;

export interface FlowDocument {
  readonly format: 1;
  readonly start: string | null;
  readonly steps: readonly Step[];
}
