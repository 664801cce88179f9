export const meanwhile = {
  meanwhile: {
    somebody: "Somebody else",
    changed: "{{name}} changed this while you were writing. Nothing was overwritten.",
    theirs: "It says now: {{words}}",
    take: "Take theirs",
    keep: "Go on with mine",
    merged: "{{name}} changed this, too. Both changes stand above: look at them, then save.",
    refused: "{{name}} changed this meanwhile. It says now what they chose; nothing of yours was written.",
  },
};
