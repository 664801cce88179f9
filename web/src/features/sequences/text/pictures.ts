// Images that go along with a mail and stand within it, as `cid:file-<id>`.
import type { EmailContent, FileRef } from "@/flow/document";

type Words = Pick<EmailContent, "html" | "mjml">;

/** Tell whether the mail shows the file. */
export function shows({ html = "", mjml = "" }: Words, { id }: FileRef): boolean {
  return `${html}${mjml}`.includes(`cid:file-${String(id)}"`);
}

/** Show the file at the end of the mail; a plain mail shows none. */
export function withPicture({ html, mjml }: Words, file: FileRef): Words {
  if (mjml === undefined) return html === undefined ? {} : { html: `${html}<p>${image("img", file)}></p>` };
  const end = mjml.lastIndexOf("</mj-column>");
  const place = end < 0 ? mjml.lastIndexOf("</mj-body>") : end;
  return place < 0
    ? {}
    : { mjml: `${mjml.slice(0, place)}${image("mj-image", file)} />\n${mjml.slice(place)}` };
}

function image(tag: string, { id, name }: FileRef): string {
  const words = name.replace(/\.[^.]*$/, "").replaceAll(/[<>"&{}]/g, " ");
  return `<${tag} src="cid:file-${String(id)}" alt="${words}"`;
}

/** Take the images that show the file out of the mail. */
export function withoutPicture({ html, mjml }: Words, { id }: FileRef): Words {
  const shown = new RegExp(
    `(<p>)?<(mj-image|img) [^>]*cid:file-${String(id)}"[^>]*>(</mj-image>)?(</p>)?`,
    "g",
  );
  return {
    ...(html !== undefined && { html: html.replaceAll(shown, "") }),
    ...(mjml !== undefined && { mjml: mjml.replaceAll(shown, "") }),
  };
}
