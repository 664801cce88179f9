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
  open: "WhatsApp nimmt jeden Text bis",
  closed:
    "WhatsApp nimmt 24 Stunden nach der letzten Nachricht der Person jeden Text. Diese Zeit ist um, jetzt geht nur eine Vorlage.",
  noTemplate:
    "Noch ist keine eurer Vorlagen genehmigt; sie entstehen bei Twilio und stehen unter Einstellungen → Telefonnummern.",
  template: "Vorlage",
  choose: "Vorlage wählen",
  place: "Was für {{name}} steht",
  example: "Zum Beispiel: {{example}}",
  seen: "So wird sie gelesen",
};
