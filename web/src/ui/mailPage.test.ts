import { describe, expect, it } from "vitest";
import { framed } from "./mailPage";

const LIGHT = { dark: false, images: true };

describe("a mail in its frame", () => {
  it("may load nothing but what is within it", () => {
    expect(framed("<p>Hi</p>", LIGHT)).toContain(
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:",
    );
  });

  it("says so before anything of the mail", () => {
    const page = framed('<html lang="de"><head><style>p{}</style></head><body>Hi</body></html>', LIGHT);
    expect(page.indexOf("Content-Security-Policy")).toBeLessThan(page.indexOf("<style>p{}"));
    expect(framed("<html><body><img src=x></body></html>", LIGHT)).toMatch(/^<html><meta/);
  });

  it("shows words for images that are off", () => {
    expect(framed("<p>Hi</p>", { dark: false, images: false })).toContain("img-src 'none'");
  });

  it("is drawn by the rules for the dark only when asked", () => {
    const mail = "<style>@media (prefers-color-scheme: dark){p{color:red}}</style><p>Hi</p>";
    expect(framed(mail, { dark: true, images: true })).toContain("@media all{");
    expect(framed(mail, LIGHT)).toContain("@media not all{");
  });
});
