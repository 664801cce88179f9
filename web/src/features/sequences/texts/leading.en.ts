export const leading = {
  leading: {
    open: "Lead elsewhere…",
    openStart: "Lead the start elsewhere…",
    way: "Where “{{way}}” leads",
    to: "to step {{number}}: {{step}}",
    end: "to the end",
    hint: "Let it go on a step",
    fits: "Let it go: leads to “{{step}}”",
    said: "Leads to “{{step}}” now",
    refused: {
      stays: "It leads there already",
      itself: "A step cannot lead to itself",
      back: "That step comes before: people are led back by “Go to”",
      onward: "“Go to” leads back: to a step that comes before",
    },
  },
  onward: {
    title: "The step after it",
    split: "Where it leads if it is skipped",
    start: "Where the flow starts",
  },
} as const;
