import { expect, it } from "vitest";
import { wholeList } from "./whole";

it("reads a list to its end", async () => {
  const pages = { "": { items: [1, 2], next_cursor: "b" }, b: { items: [3], next_cursor: null } };
  const read = (cursor: string) => Promise.resolve(pages[cursor as keyof typeof pages]);
  await expect(wholeList(read)).resolves.toEqual({ items: [1, 2, 3], next_cursor: null });
});
