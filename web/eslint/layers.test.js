import { describe, expect, it } from "vitest";
import { fault } from "./layers.js";

const ROOT = "/repo/src";

describe("the layers of the web app", () => {
  it.each([
    ["a feature may use its own files", "features/inbox/list/Row.tsx", "../thread", undefined],
    ["a feature may use flow", "features/editor/Page.tsx", "@/flow/beat", undefined],
    ["a feature may use a library", "features/editor/Page.tsx", "@mantine/core", undefined],
    [
      "a feature may open a dialog that rooms share",
      "features/inbox/Page.tsx",
      "@/dialogs/Enroll",
      undefined,
    ],
    ["a dialog may fetch", "dialogs/Enroll.tsx", "@/api/enrollments", undefined],
    ["a test may stand on the frame", "features/inbox/page.test.tsx", "@/app/testing/draw", undefined],
    ["the app may use every feature", "app/routes.tsx", "@/features/inbox/page", undefined],
  ])("%s", (_, importer, source, expected) => {
    expect(fault(source, `${ROOT}/${importer}`, ROOT)).toBe(expected);
  });

  it.each([
    ["features do not import each other", "features/inbox/Page.tsx", "@/features/editor/store"],
    [
      "features do not import each other by a relative path",
      "features/inbox/list/Row.tsx",
      "../../editor/store",
    ],
    ["flow imports no React", "flow/edit.ts", "react"],
    ["flow imports no part of React's world", "flow/edit.ts", "@mantine/core"],
    ["flow does not fetch", "flow/edit.ts", "@/api/client"],
    ["ui knows no feature", "ui/Mark.tsx", "@/features/inbox/page"],
    ["a dialog knows no feature", "dialogs/Enroll.tsx", "@/features/inbox/page"],
    ["ui opens no dialog", "ui/Mark.tsx", "@/dialogs/Enroll"],
    ["a test stands on nothing else of the app", "features/inbox/page.test.tsx", "@/app/theme"],
    ["a feature does not reach up into the app", "features/inbox/Page.tsx", "@/app/theme"],
  ])("%s", (_, importer, source) => {
    expect(fault(source, `${ROOT}/${importer}`, ROOT)).toBeTypeOf("string");
  });
});
