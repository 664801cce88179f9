import type { texting as english } from "./texting.en";

export const texting: typeof english = {
  by: "Antworten per",
  email: "Mail",
  sms: "SMS",
  whatsapp: "WhatsApp",
  answer: "Text an {{name}}. Es gelten dieselben Prüfungen wie in einer Sequenz.",
  from: "von {{number}}",
  weight_one: "{{count}} Segment",
  weight_other: "{{count}} Segmente",
  closed:
    "WhatsApp nimmt 24 Stunden nach ihrer letzten Nachricht jeden Text, und die sind vorbei. Ein Schritt einer Sequenz kann eine Vorlage senden.",
};
