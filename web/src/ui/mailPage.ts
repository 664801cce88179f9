// A mail as the page of a sandboxed frame: what it may load is said in it, so that it fetches nothing.

export interface MailShown {
  readonly dark: boolean;
  readonly images: boolean;
}

const DARK = /\(\s*prefers-color-scheme\s*:\s*dark\s*\)/gi;

/** Return the page; `dark` draws it as programs in the dark do, without `images` words stand in their place. */
export function framed(html: string, { dark, images }: MailShown): string {
  const policy = `default-src 'none'; style-src 'unsafe-inline'; img-src ${images ? "data:" : "'none'"}`;
  const scheme = dark ? "dark" : "light";
  const head =
    `<meta http-equiv="Content-Security-Policy" content="${policy}">` +
    `<style>html{color-scheme:only ${scheme};overflow-wrap:anywhere}</style>`;
  const page = dark ? html.replace(DARK, "all") : html.replace(DARK, "not all");
  return within(page, head);
}

/** Put `head` first into the head of a page, before anything that could load. */
function within(page: string, head: string): string {
  const open = /<head[^>]*>/i.exec(page) ?? /<html[^>]*>/i.exec(page);
  if (open === null) return `<!DOCTYPE html><html><head>${head}</head><body>${page}</body></html>`;
  const at = open.index + open[0].length;
  return page.slice(0, at) + head + page.slice(at);
}
