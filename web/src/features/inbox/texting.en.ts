export const texting = {
  by: "Answer by",
  email: "Mail",
  sms: "Text message",
  whatsapp: "WhatsApp",
  answer: "Text {{name}}. The same checks apply as in a sequence.",
  from: "from {{number}}",
  weight_one: "{{count}} segment",
  weight_other: "{{count}} segments",
  open: "WhatsApp takes any text until",
  closed:
    "WhatsApp takes any text for 24 hours after their last message. That time is over, so only a template may go.",
  noTemplate:
    "No template of yours is approved yet; they are made at Twilio and listed under Settings → Phone numbers.",
  template: "Template",
  choose: "Choose a template",
  place: "What stands for {{name}}",
  example: "For example: {{example}}",
  seen: "As it will be read",
};
