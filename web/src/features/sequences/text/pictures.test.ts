import { describe, expect, it } from "vitest";
import { shows, withoutPicture, withPicture } from "./pictures";

const FILE = { id: 3, name: 'our "house".png' };
const MJML = "<mjml><mj-body><mj-section><mj-column></mj-column></mj-section></mj-body></mjml>";

describe("an image within a mail", () => {
  it.each([[{ html: "<p>a</p>" }], [{ mjml: MJML }]])("is shown and taken out again: %j", (words) => {
    const shown = { ...words, ...withPicture(words, FILE) };
    expect(shows(words, FILE)).toBe(false);
    expect(shows(shown, FILE)).toBe(true);
    expect(shows(shown, { ...FILE, id: 33 })).toBe(false);
    expect(JSON.stringify(shown)).toContain("our  house ");
    expect(JSON.stringify(withoutPicture(shown, FILE)).replace("\\n", "")).toBe(JSON.stringify(words));
  });

  it("needs a form that can show it", () => {
    expect(withPicture({}, FILE)).toEqual({});
    expect(withPicture({ mjml: "broken" }, FILE)).toEqual({});
  });
});
