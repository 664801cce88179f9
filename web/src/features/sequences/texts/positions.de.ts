export const positions = {
  positions: {
    layOut: "Von selbst anordnen",
    back: "Zurück an seinen Platz",
    joins: "Loslassen: der Schritt kommt an diese Stelle im Ablauf",
    stays: "Loslassen: er steht hier. Auf einem + kommt er im Ablauf dorthin. Alt: ohne Raster",
    refused: "Der Platz wird nicht behalten: {{why}}",
    said: {
      put_one: "{{count}} Schritt dorthin gestellt. Der Ablauf ist derselbe.",
      put_other: "{{count}} Schritte dorthin gestellt. Der Ablauf ist derselbe.",
      back_one: "{{count}} Schritt zurück an seinem Platz",
      back_other: "{{count}} Schritte zurück an ihrem Platz",
      noRoom: "Kein Platz dort: dorthin wurde schon ein anderer Schritt gestellt.",
    },
  },
};
