export const positions = {
  positions: {
    layOut: "Lay out by itself",
    back: "Back to its place",
    joins: "Let go: the step moves to this place in the flow",
    stays: "Let go: it stands here. On a + it moves in the flow. Alt: off the grid",
    refused: "The place is not kept: {{why}}",
    said: {
      put_one: "{{count}} step put there. The flow is the same.",
      put_other: "{{count}} steps put there. The flow is the same.",
      back_one: "{{count}} step back to its place",
      back_other: "{{count}} steps back to their places",
      noRoom: "No room there: another step was put there.",
    },
  },
};
