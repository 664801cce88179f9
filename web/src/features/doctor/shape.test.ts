import { describe, expect, it } from "vitest";
import type { Finding } from "@/api/doctor";
import { grouped, nameOf, shapeOf } from "./shape";

const FINE: Finding = {
  level: "ok",
  code: "worker_alive",
  text: "The worker is alive.",
  count: 1,
  fix: "",
  name: "",
  object_id: null,
  reason: "",
  at: null,
  detail: "",
  stops: false,
};

describe("a finding", () => {
  it("is called by its code without the reason", () => {
    expect(nameOf({ ...FINE, code: "blocked_missing_data", reason: "missing_data" })).toBe("blocked");
    expect(nameOf({ ...FINE, code: "sender_down", reason: "sender_auth" })).toBe("sender_down");
  });

  it("leads to its fix", () => {
    const [, to] = shapeOf({ ...FINE, code: "emergency_stop" }).fix ?? [];
    expect(to?.(null)).toBe("/settings/stop");
  });

  it("of drafts leads to where they wait, or to what holds them", () => {
    const [drafts, agents] = ["drafts_waiting", "drafts_at_cap"].map(
      (code) => shapeOf({ ...FINE, code }).fix,
    );
    expect([drafts?.[1](null), agents?.[1](null)]).toEqual(["/approvals", "/settings/agents"]);
  });

  it("that this page does not know has neither number nor fix", () => {
    expect(shapeOf({ ...FINE, code: "moon_is_full" })).toEqual({});
  });
});

describe("the groups", () => {
  it("keep the order within each, errors and warnings together", () => {
    const codes = ["warning", "ok", "error", "note"] as const;
    const groups = grouped(codes.map((level) => ({ ...FINE, level, code: level, stops: true })));
    expect(groups.wrong.map(({ code }) => code)).toEqual(["warning", "error"]);
    expect(groups.note.map(({ code }) => code)).toEqual(["note"]);
    expect(groups.ok.map(({ code }) => code)).toEqual(["ok"]);
  });

  it("set what only warns apart from what keeps messages from leaving", () => {
    const near: Finding = { ...FINE, level: "warning", code: "consumers_near" };
    const groups = grouped([near, { ...near, code: "sender_disabled", stops: true }]);
    expect(groups.warned.map(({ code }) => code)).toEqual(["consumers_near"]);
    expect(groups.wrong.map(({ code }) => code)).toEqual(["sender_disabled"]);
  });
});
