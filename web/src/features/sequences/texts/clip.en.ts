export const clip = {
  clip: {
    copied_one: "{{count}} step copied. Paste it here, or in another sequence.",
    copied_other: "{{count}} steps copied. Paste them here, or in another sequence.",
    pasted_one: "{{count}} step pasted.",
    pasted_other: "{{count}} steps pasted.",
    lost_one: "{{count}} of them names a step that was not copied: see its problem.",
    lost_other: "{{count}} of them name steps that were not copied: see their problems.",
    none: "There are no steps on the clipboard. Copy some first, here or in another sequence.",
    nowhere: "Nobody goes on behind this step. Choose another to paste behind.",
  },
};
