import { describe, expect, it } from "vitest";
import { htmlOfMjml, mjmlOf, textOfHtml } from "./markupText";
import { derivedText, Memory, type Mode, MODES, modeOf, turned, type Words } from "./modes";

const NONE = { text: "", html: "", mjml: "" };

describe("the plain text of HTML", () => {
  it.each([
    ["Hello <b>you</b>", "Hello you\n"],
    ["<p>a</p>\n<p>b</p>", "a\n\nb\n"],
    ["<div>a</div><div>b</div>", "a\nb\n"],
    ["<p>a</p><ul><li>b</li><li>c</li></ul><p>d</p>", "a\n\n- b\n- c\n\nd\n"],
    ['<p><a href="https://example.com">Go</a></p>', "Go (https://example.com)\n"],
    ['<p><a href="https://example.com">https://example.com</a></p>', "https://example.com\n"],
    ["<style>p {}</style><title>x</title><p>a</p>", "a\n"],
    ["<table><tr><td>a</td></tr><tr><td>b</td></tr></table>", "a\nb\n"],
    [
      '<p>Hi {{ contact.first_name | default: "there" }},</p>',
      'Hi {{ contact.first_name | default: "there" }},\n',
    ],
  ])("%s", (html, text) => {
    expect(textOfHtml(html)).toBe(text);
  });
});

describe("MJML", () => {
  it("is made of HTML and read as HTML again", () => {
    const html = '<p>Hi {{ contact.company }}</p><p><a href="https://example.com">Go</a></p>';
    expect(htmlOfMjml(mjmlOf(html))).toBe(html);
  });

  it("takes what the text editor could not show as it is", () => {
    const page =
      '<html><body class="a"><table><tr><td>{% if a %}b{% endif %}</td></tr></table></body></html>';
    expect(mjmlOf(page)).toContain(
      "<mj-raw><table><tr><td>{% if a %}b{% endif %}</td></tr></table></mj-raw>",
    );
  });

  it("says its texts, buttons and images", () => {
    const mjml = `<mjml><mj-head><mj-title>no</mj-title></mj-head><mj-body><mj-section><mj-column>
      <mj-image src="cid:file-3" alt="Us"/><mj-text>Hi</mj-text><mj-button href="https://example.com">Go</mj-button>
      </mj-column></mj-section></mj-body></mjml>`;
    expect(derivedText({ html: "", mjml })).toBe("Hi\n\nGo (https://example.com)\n");
    expect(htmlOfMjml(mjml)).toContain('<img src="cid:file-3" alt="Us">');
  });
});

describe("the form of a mail", () => {
  it.each<[Partial<Words>, Mode]>([
    [{ text: "a" }, "plain"],
    [{ html: "<p>a</p>" }, "formatted"],
    [{ html: "<table></table>" }, "source"],
    [{ mjml: "<mjml></mjml>", text: "own" }, "mjml"],
  ])("of %j is %s", (content, mode) => {
    expect(modeOf(content, false)).toBe(mode);
  });

  it.each(MODES)("keeps its words when it is turned to %s", (to) => {
    const next = turned({ ...NONE, text: "Hello there\n\nTwo" }, to);
    const read = to === "plain" ? next.text : derivedText(next);
    expect(read.trim()).toBe("Hello there\n\nTwo");
    expect([next.html, next.mjml].filter(Boolean)).toHaveLength(to === "plain" ? 0 : 1);
  });

  it("keeps a text of one's own beside HTML and MJML", () => {
    const own = { text: "own", html: "<p>a</p>", mjml: "" };
    expect(turned(own, "mjml").text).toBe("own");
    expect(turned(own, "plain")).toEqual({ ...NONE, text: "own" });
  });

  const walks = [1, 2, 3].reduce<readonly (readonly Mode[])[]>(
    (held) => [...held, ...held.flatMap((walk) => MODES.map((mode) => [...walk, mode]))],
    [[]],
  );

  it.each<[Mode, Words]>([
    ["plain", { ...NONE, text: "Hi <you>\n\n\nthere" }],
    ["source", { ...NONE, html: "<table><tr><td>a</td></tr></table>" }],
    ["source", { ...NONE, html: "a <b>b</b>", text: "own" }],
    ["mjml", { ...NONE, mjml: "<mjml><mj-body></mj-body></mjml>", text: "own" }],
  ])("is exactly what it was when one turns from %s there and back: %j", (begin, held) => {
    for (const walk of walks) {
      const memory = new Memory();
      let [mode, now] = [begin, held];
      for (const to of [...walk, ...[begin, ...walk].reverse()]) {
        if (to !== mode) now = memory.turn("a", now, mode, to);
        mode = to;
      }
      expect(now).toEqual(held);
    }
  });

  it("begins anew from what was written in the other form", () => {
    const memory = new Memory();
    const html = memory.turn("a", { ...NONE, text: "One" }, "plain", "source");
    expect(memory.turn("a", { ...html, html: "<p>Two</p>" }, "source", "plain").text).toBe("Two\n");
  });
});
