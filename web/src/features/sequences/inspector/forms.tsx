import type { ComponentType } from "react";
import type { Kind } from "@/flow/document";
import { ConditionForm } from "./ConditionForm";
import { EmailForm } from "./EmailForm";
import type { InspectorProps } from "./Inspector";
import { EndForm, NotifyForm, SetFieldForm, SetStageForm, TagForm } from "./smallForms";
import { TaskForm } from "./TaskForm";
import { NotYet } from "./NotYet";

/** What is asked about each kind of step; kinds that do not run yet are kept as they are. */
export const FORMS: Readonly<Record<Kind, ComponentType<InspectorProps>>> = {
  email: EmailForm,
  task: TaskForm,
  condition: ConditionForm,
  notify: NotifyForm,
  tag: TagForm,
  set_field: SetFieldForm,
  set_stage: SetStageForm,
  end: EndForm,
  sms: NotYet,
  whatsapp: NotYet,
  voice: NotYet,
  split: NotYet,
  wait_for: NotYet,
  go_to: NotYet,
  ai_decide: NotYet,
  ai_qualify: NotYet,
  list: NotYet,
  other_sequence: NotYet,
  webhook: NotYet,
  suppress: NotYet,
};
