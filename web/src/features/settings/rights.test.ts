import { expect, it } from "vitest";
import { byResource, toggled } from "./rights";

it("gives seeing with doing", () => {
  expect([...toggled(new Set(), "contacts", "edit")].toSorted()).toEqual(["contacts.edit", "contacts.view"]);
});

it("takes doing with seeing, and leaves other resources", () => {
  const rights = new Set(["contacts.view", "contacts.edit", "tasks.view"]);
  expect([...toggled(rights, "contacts", "view")]).toEqual(["tasks.view"]);
});

it("takes one act alone", () => {
  const rights = new Set(["contacts.view", "contacts.edit"]);
  expect([...toggled(rights, "contacts", "edit")]).toEqual(["contacts.view"]);
});

it("groups rights by resource in the order of the table", () => {
  expect(byResource(["users.view", "contacts.delete", "contacts.view"])).toEqual([
    { resource: "contacts", acts: ["view", "delete"] },
    { resource: "users", acts: ["view"] },
  ]);
});
