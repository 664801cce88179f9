export const walking = {
  walking: {
    up: "Move the step up",
    down: "Move the step down",
    pick: "Pick the step along with others, or let it go",
    said: { picked_one: "{{count}} step is picked", picked_other: "{{count}} steps are picked" },
    picked: "picked",
    onWay: "on the way “{{way}}”",
    number: "Step {{number}}: ",
  },
};
