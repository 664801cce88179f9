export const leading = {
  leading: {
    open: "Anderswohin führen…",
    openStart: "Den Beginn anderswohin führen…",
    way: "Wohin „{{way}}“ führt",
    to: "zu Schritt {{number}}: {{step}}",
    end: "zum Ende",
    hint: "Auf einem Schritt loslassen",
    fits: "Loslassen: führt zu „{{step}}“",
    said: "Führt jetzt zu „{{step}}“",
    refused: {
      stays: "Dorthin führt er schon",
      itself: "Ein Schritt kann nicht zu sich selbst führen",
      back: "Dieser Schritt kommt davor: zurück führt „Zurück zu“",
      onward: "„Zurück zu“ führt zu einem Schritt davor",
    },
  },
  onward: {
    title: "Der Schritt danach",
    split: "Wohin er führt, wenn er übersprungen wird",
    start: "Wo der Ablauf beginnt",
  },
} as const;
