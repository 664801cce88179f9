import type { Translated } from "@/ui/catalog";
import type { english } from "./messages.en";

export const german: Translated<typeof english> = {
  original: "Ganze Mail zeigen",
  fold: "Zitate einklappen",
  html: "Zeigen, wie sie gestaltet war",
  plain: "Als Text zeigen",
  images: "Ihre Bilder laden",
  frame: "Die Mail, wie sie gestaltet war",
  gone: "Die Mail, wie sie kam, ist nicht mehr aufbewahrt.",
  files: "Anhänge",
  already: "Eine frühere Fassung ist gesendet; sie steht oben. Noch einmal senden schickt auch diese.",
  coming: "wird geholt",
  lost: "ließ sich nicht holen",
  attach: "Dateien anhängen",
  limits:
    "Höchstens {{files}} Dateien, je {{each}}, zusammen {{all}}. Sie lassen sich auch hierher ziehen oder einfügen.",
  drop: "Dateien hier ablegen",
  along: "Dateien, die mitgehen",
  detach: "{{name}} entfernen",
  loading: "{{name}} wird hochgeladen",
  fault: {
    count: "Eine Mail nimmt {{files}} Dateien mit; {{name}} ist eine zu viel.",
    each: "{{name}} hat {{size}}; {{each}} sind möglich.",
    all: "Mit {{name}} haben die Dateien zusammen {{size}}; {{all}} sind möglich.",
    none: "{{name}} ist leer.",
    failed: "{{name}} konnte nicht hochgeladen werden. Versuche es gleich noch einmal.",
  },
};
