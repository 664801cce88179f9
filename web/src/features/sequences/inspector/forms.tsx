import type { ComponentType } from "react";
import type { Kind } from "@/flow/document";
import { EmailForm } from "./EmailForm";
import type { InspectorProps } from "./Inspector";
import { AiDecideForm, AiQualifyForm } from "./kinds/AiForms";
import { WebhookStepForm } from "./kinds/CallTrial";
import { ConditionForm } from "./kinds/ConditionForm";
import { ListForm, SetStageForm, SuppressForm, TagForm } from "./kinds/contactForms";
import { GoToForm } from "./kinds/GoToForm";
import { NotifyForm } from "./kinds/NotifyForm";
import { EndForm, OtherSequenceForm } from "./kinds/outerForms";
import { SetFieldForm } from "./kinds/SetFieldForm";
import { SmsForm } from "./kinds/SmsForm";
import { SplitForm } from "./kinds/SplitForm";
import { TaskForm } from "./kinds/TaskForm";
import { VoiceForm } from "./kinds/VoiceForm";
import { WaitForm } from "./kinds/WaitForm";
import { WhatsAppForm } from "./kinds/WhatsAppForm";

/** What is asked about each kind of step. */
export const FORMS: Readonly<Record<Kind, ComponentType<InspectorProps>>> = {
  email: EmailForm,
  sms: SmsForm,
  whatsapp: WhatsAppForm,
  voice: VoiceForm,
  task: TaskForm,
  condition: ConditionForm,
  split: SplitForm,
  wait_for: WaitForm,
  go_to: GoToForm,
  ai_decide: AiDecideForm,
  ai_qualify: AiQualifyForm,
  notify: NotifyForm,
  tag: TagForm,
  set_field: SetFieldForm,
  set_stage: SetStageForm,
  list: ListForm,
  other_sequence: OtherSequenceForm,
  webhook: WebhookStepForm,
  suppress: SuppressForm,
  end: EndForm,
};
