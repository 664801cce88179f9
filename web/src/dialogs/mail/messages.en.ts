export const english = {
  original: "Show the whole mail",
  fold: "Fold the quotes",
  html: "Show it as it was laid out",
  plain: "Show it as text",
  images: "Load its pictures",
  frame: "The mail as it was laid out",
  gone: "The mail as it came is no longer kept.",
  files: "Attached files",
  attach: "Attach files",
  limits:
    "At most {{files}} files, {{each}} each, {{all}} together. They can also be dropped or pasted here.",
  drop: "Drop the files here",
  along: "Files that go along",
  detach: "Remove {{name}}",
  loading: "{{name}} is being uploaded",
  fault: {
    count: "A mail takes {{files}} files along; {{name}} is one too many.",
    each: "{{name}} has {{size}}; {{each}} are possible.",
    all: "With {{name}} the files have {{size}} together; {{all}} are possible.",
    none: "{{name}} is empty.",
    failed: "{{name}} could not be uploaded. Try again in a moment.",
  },
};
