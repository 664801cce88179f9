import { expect, it } from "vitest";
import { amountOf } from "./amounts";

it.each([
  ["0.42", "en", "0.42"],
  ["0.4200", "de", "0,4200"],
  ["1208", "de", "1.208"],
  ["1208.5", "en", "1,208.5"],
  ["", "de", ""],
  ["about 3", "de", "about 3"],
])("writes %s in %s as %s", (amount, language, written) => {
  expect(amountOf(amount, language)).toBe(written);
});
