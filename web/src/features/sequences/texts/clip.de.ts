import type { clip as english } from "./clip.en";

export const clip: typeof english = {
  clip: {
    copied_one: "{{count}} Schritt kopiert. Füge ihn hier oder in einer anderen Sequenz ein.",
    copied_other: "{{count}} Schritte kopiert. Füge sie hier oder in einer anderen Sequenz ein.",
    pasted_one: "{{count}} Schritt eingefügt.",
    pasted_other: "{{count}} Schritte eingefügt.",
    lost_one: "{{count}} davon nennt einen Schritt, der nicht kopiert wurde: Sieh dir das Problem an.",
    lost_other: "{{count}} davon nennen Schritte, die nicht kopiert wurden: Sieh dir die Probleme an.",
    none: "In der Zwischenablage sind keine Schritte. Kopiere erst welche, hier oder in einer anderen Sequenz.",
    nowhere: "Hinter diesem Schritt geht niemand weiter. Wähle einen anderen, um dahinter einzufügen.",
  },
};
