import { describe, expect, it } from "vitest";
import { chipWords, inBrackets, isAskedFor, lacksFallback, piecesOf, wordsIn, writeChip } from "./merge";
import templates from "./testing/templates.json";

describe("a text with merge tags", () => {
  it.each([
    ["a tag", "{{ contact.company }}", { name: "contact.company", fallback: undefined }],
    ["a tag in a hurry", "{{contact.company}}", { name: "contact.company", fallback: undefined }],
    [
      "a fallback",
      '{{ contact.first_name | default: "there" }}',
      { name: "contact.first_name", fallback: "there" },
    ],
    [
      "a fallback in single quotes",
      "{{ contact.first_name|default:'you' }}",
      { name: "contact.first_name", fallback: "you" },
    ],
    ["an empty fallback", '{{ contact.title | default: "" }}', { name: "contact.title", fallback: "" }],
    ["an own field", "{{ contact.custom.seats }}", { name: "contact.custom.seats", fallback: undefined }],
  ])("shows %s as a chip", (_, source, chip) => {
    expect(piecesOf(`Hi ${source}, `)).toEqual(["Hi ", chip, ", "]);
  });

  it.each([
    "{% if contact.title %}x{% endif %}",
    "{{ contact.first_name | upcase }}",
    "{{ contact.first_name | default: contact.email }}",
    "{ contact.first_name }",
    "{{ }}",
  ])("leaves other Liquid alone: %s", (source) => {
    expect(piecesOf(source)).toEqual([source]);
  });

  it("writes a text as it was read", () => {
    const texts = Object.values(templates).flatMap(({ steps }) => steps.map((step) => JSON.stringify(step)));
    for (const text of texts.map((each) => each.replaceAll('\\"', '"'))) {
      const written = piecesOf(text).map((piece) => (typeof piece === "string" ? piece : writeChip(piece)));
      expect(written.join("")).toBe(text);
    }
  });

  it.each([
    ["there", '{{ x | default: "there" }}'],
    ['the "team"', `{{ x | default: 'the "team"' }}`],
    [`"it's"`, `{{ x | default: "”it's”" }}`],
    ["a }} b", '{{ x | default: "a  b" }}'],
    ["", '{{ x | default: "" }}'],
  ])("keeps the fallback %j readable", (fallback, written) => {
    expect(writeChip({ name: "x", fallback })).toBe(written);
    expect(piecesOf(written)).toHaveLength(1);
  });

  it("knows which chips may leave a hole", () => {
    expect(lacksFallback({ name: "contact.company", fallback: undefined })).toBe(true);
    expect(lacksFallback({ name: "contact.company", fallback: "" })).toBe(false);
    expect(lacksFallback({ name: "sender.name", fallback: undefined })).toBe(false);
  });

  it("knows what a condition in the text provides for", () => {
    const text = "{% if contact.title and contact.company != blank %} ({{ contact.title }}){% endif %}";
    expect(
      ["contact.title", "contact.company", "contact.email"].map((name) => isAskedFor(name, text)),
    ).toEqual([true, true, false]);
  });

  it("reads names as people say them", () => {
    expect(["contact.first_name", "contact.custom.seats", "sender.name"].map(chipWords)).toEqual([
      "first name",
      "seats",
      "sender name",
    ]);
  });

  it("counts words, a chip as one", () => {
    expect(wordsIn('Hi {{ contact.first_name | default: "my friend" }}, <b>how are</b> you?')).toBe(5);
  });
});

describe("a text for reading", () => {
  it("says its tags in brackets", () => {
    expect(inBrackets('{{ contact.first_name | default: "Hello" }}, your trial is ready')).toBe(
      "[first name], your trial is ready",
    );
  });
});
