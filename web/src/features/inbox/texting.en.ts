export const texting = {
  by: "Answer by",
  email: "Mail",
  sms: "Text message",
  whatsapp: "WhatsApp",
  answer: "Text {{name}}. The same checks apply as in a sequence.",
  from: "from {{number}}",
  weight_one: "{{count}} segment",
  weight_other: "{{count}} segments",
  closed:
    "WhatsApp takes any text for 24 hours after their last message, and that time is over. A step of a sequence can send a template.",
};
