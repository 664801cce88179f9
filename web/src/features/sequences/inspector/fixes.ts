import type { FlowProblem } from "@/api/sequenceContent";
import type { EmailContent, EmailStep, FlowDocument, Step, TaskStep } from "@/flow/document";
import { change } from "@/flow/edits";

type Fix = (document: FlowDocument) => FlowDocument;

const LINK = "{{ unsubscribe_url }}";

/** Return the edit that mends a problem, where there is exactly one that anybody would choose. */
export function fixOf(problem: FlowProblem, step: Step, document: FlowDocument): Fix | undefined {
  if (problem.code === "unsubscribe_missing" && step.kind === "email") {
    return (held) => change<EmailStep>(held, step.key, { content: withLink(step.content ?? {}) });
  }
  if (problem.code === "wait_never_ends" && step.kind === "task") {
    return (held) => change<TaskStep>(held, step.key, { when_not_done: "skip" });
  }
  if (problem.code === "delay_too_short" && document.start !== step.key) {
    return (held) => change(held, step.key, { delay: "1d" });
  }
  return undefined;
}

function withLink(content: EmailContent): EmailContent {
  const [text, html] = [content.text ?? "", content.html ?? ""];
  return {
    ...content,
    ...(text.trim() !== "" &&
      !text.includes("unsubscribe_url") && { text: `${text.trimEnd()}\n\n${LINK}\n` }),
    ...(html.trim() !== "" &&
      !html.includes("unsubscribe_url") && { html: `${html}<p><a href="${LINK}">Unsubscribe</a></p>` }),
  };
}
