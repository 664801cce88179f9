import { describe, expect, it } from "vitest";
import { contentOf, textOf } from "./content";
import { htmlOf, isSimple, withChips, withoutChips } from "./html";
import { textOfHtml } from "./markupText";

const TEXT = 'Hi {{ contact.first_name | default: "there" }},\n\nOne line\nand {{ sender.name }}.\n';

describe("a plain text in the editor", () => {
  it.each([TEXT, "", "\n", "a\n\n\nb", "{% if contact.title %}x{% endif %}", "{{ contact.company }}"])(
    "comes back as it was: %j",
    (text) => {
      expect(textOf(contentOf(text))).toBe(text);
    },
  );

  it("holds merge tags as chips", () => {
    expect(contentOf(TEXT).content[0]?.content[1]).toEqual({
      type: "mergeTag",
      attrs: { name: "contact.first_name", fallback: "there" },
    });
  });
});

describe("formatted text in the editor", () => {
  it.each([
    '<p>Hi {{ contact.first_name | default: "there" }},</p>',
    '<p><a href="{{ unsubscribe_url }}">Unsubscribe</a> <strong>{{ sender.name }}</strong></p>',
    "<p>A &amp; B</p>",
  ])("comes back as it was: %s", (html) => {
    expect(withoutChips(withChips(html))).toBe(html);
  });

  it("shows tags in texts as chips and leaves those in links alone", () => {
    expect(withChips('<p><a href="{{ unsubscribe_url }}">{{ sender.name }}</a></p>')).toBe(
      '<p><a href="{{ unsubscribe_url }}"><span data-merge-tag="sender.name"></span></a></p>',
    );
  });

  it.each([
    [
      "paragraphs, lists and links",
      '<p>a<br>b</p><ul><li>c</li></ul><a href="https://example.com">d</a>',
      true,
    ],
    ["tables", "<table><tr><td>a</td></tr></table>", false],
    ["styles", '<p style="color:red">a</p>', false],
    ["conditions", "<p>{% if a %}b{% endif %}</p>", false],
    ["whole pages", "<html><body>a</body></html>", false],
  ])("knows what it can show: %s", (_, html, simple) => {
    expect(isSimple(html)).toBe(simple);
  });

  it("is made of plain text and made plain again", () => {
    const html = htmlOf("Hi {{ contact.company }},\n\nA < B\nand C\n");
    expect(html).toBe("<p>Hi {{ contact.company }},</p><p>A &lt; B<br>and C</p>");
    expect(textOfHtml(html)).toBe("Hi {{ contact.company }},\n\nA < B\nand C\n");
    expect(textOfHtml("<ul><li>a</li><li>b</li></ul>")).toBe("- a\n- b\n");
  });
});
