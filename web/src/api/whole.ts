import type { Page } from "./query";

/** Read a list to its end: what one chooses from, by name, must not stop short. */
export async function wholeList<Item>(read: (cursor: string) => Promise<Page<Item>>): Promise<Page<Item>> {
  const items: Item[] = [];
  for (let cursor: string | null | undefined = ""; cursor != null;) {
    const page: Page<Item> = await read(cursor);
    items.push(...page.items);
    cursor = page.next_cursor;
  }
  return { items, next_cursor: null };
}
