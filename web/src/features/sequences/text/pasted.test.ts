import { Editor } from "@tiptap/core";
import StarterKit from "@tiptap/starter-kit";
import { describe, expect, it } from "vitest";
import { cleaned } from "./pasted";
import { Picture } from "./Picture";

const item = (mark: string, words: string, level = 1) =>
  `<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l0 level${String(level)} lfo1'><![if !supportLists]>` +
  `<span style='font-family:Symbol'><span style='mso-list:Ignore'>${mark}<span style='font:7.0pt "Times New Roman"'>` +
  `&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>${words}<o:p></o:p></p>`;

const WORD =
  `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta name=Generator content="Microsoft Word 15">` +
  `<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->` +
  `<style><!-- p.MsoNormal {margin:0cm; mso-style-qformat:yes;} --></style></head><body lang=EN-GB><!--StartFragment-->` +
  `<p class=MsoNormal style='margin:0cm'><b><span lang=EN-US style='font-size:12.0pt;color:#1F497D'>Hello</span></b>` +
  `<span style='mso-spacerun:yes'>&nbsp; </span>there<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p>` +
  `<!--[if gte vml 1]><v:shape><v:imagedata src="file:///C:/a.png"/></v:shape><![endif]-->` +
  `<img width=90 height=90 src="file:///C:/Users/a/clip_image001.png">` +
  `${item("·", "One")}${item("o", "Within", 2)}${item("·", "Two")}` +
  `<p class=MsoNormal>Then</p>${item("1.", "First")}${item("2.", "Second")}<!--EndFragment--></body></html>`;

const GMAIL =
  `<meta charset='utf-8'><div dir="ltr" class="gmail_default" style="font-family:arial"><span style="color:rgb(34,34,34)">` +
  `<span style="font-size:small">Hi <a href="https://example.com/a">there</a></span></span></div>` +
  `<div><br></div><table class="m_1"><tbody><tr><td><table><tbody><tr><td style="padding:8px">Left</td><td>Right</td></tr>` +
  `</tbody></table></td></tr></tbody></table><img src="https://example.com/open.gif" width="1" height="1">` +
  `<img src="data:image/png;base64,AA=="><a href="javascript:alert(1)">Press</a>`;

/** What the editor holds of it. */
function held(html: string): string {
  const editor = new Editor({
    extensions: [StarterKit.configure({ link: { HTMLAttributes: { target: null, rel: null } } }), Picture],
    content: cleaned(html),
  });
  const shown = editor.getHTML();
  editor.destroy();
  return shown;
}

describe("pasting into formatted text", () => {
  it("keeps of Word what was written, with its lists", () => {
    expect(held(WORD)).toBe(
      "<p><strong>Hello</strong> there</p>" +
        "<ul><li><p>One</p><ul><li><p>Within</p></li></ul></li><li><p>Two</p></li></ul>" +
        "<p>Then</p><ol><li><p>First</p></li><li><p>Second</p></li></ol>",
    );
  });

  it("keeps of Gmail what was written, each cell for itself, and no address that runs", () => {
    expect(held(GMAIL)).toBe(
      '<p>Hi <a href="https://example.com/a">there</a></p><p>Left</p><p>Right</p><p>Press</p>',
    );
  });

  it("leaves the editor's own pieces and images of the web as they are", () => {
    const own = '<p data-pm-slice="1 1 []"><span data-merge-tag="sender.name"></span></p><p></p>';
    expect(cleaned(own)).toBe(own);
    const image = '<p><img src="https://example.com/a.png" alt="A" width="90"></p>';
    expect(cleaned(image)).toBe(image);
  });
});
