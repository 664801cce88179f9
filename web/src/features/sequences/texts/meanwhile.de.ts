export const meanwhile = {
  meanwhile: {
    somebody: "Jemand anderes",
    changed: "{{name}} hat das geändert, während du geschrieben hast. Nichts wurde überschrieben.",
    theirs: "Jetzt steht dort: {{words}}",
    take: "Das andere übernehmen",
    keep: "Mit meinem weiter",
    merged: "{{name}} hat das auch geändert. Oben steht beides: Sieh es an, dann speichere.",
    refused: "{{name}} hat das inzwischen geändert. Es steht jetzt so da; von dir wurde nichts geschrieben.",
  },
};
