// Flows by chance, walked backwards: the same steps as if one walked ahead from each of them.
import { expect, it } from "vitest";
import { ahead, comingTo } from "./blocks";
import { anyEdit, anyFlow, chance } from "./testing/chance";

it.each(Array.from({ length: 30 }, (_, index) => index))("what comes to each step of flow %i", (seed) => {
  const random = chance(seed + 1);
  let document = anyFlow(random, 12);
  for (let count = 0; count < 10; count++) document = anyEdit(document, random);
  const keys = document.steps.map(({ key }) => key);
  for (const key of keys) {
    const walked = keys.filter((from) => ahead(document, [from]).has(key));
    expect([...comingTo(document, key)].toSorted()).toEqual(walked.toSorted());
  }
});
