import { describe, expect, it } from "vitest";
import type { FlowProblem, StepKind } from "@/api/sequenceContent";
import { cureOf, lackOf, saidOf } from "./lintWords";

const problem: FlowProblem = {
  code: "list_unknown",
  severity: "warning",
  step: "a",
  path: "steps[0].list",
  message: "There is no list '{{list}} $& <b>'; it is made when somebody is put on it. Check the name.",
  sentence: "list_made",
  facts: { list: "{{list}} $& <b>" },
  cure: "Check the name, or leave it if a new list is meant.",
};

describe("what lint says", () => {
  it("is the server's sentence in English", () => {
    expect([saidOf(problem, "en"), cureOf(problem, "en")]).toEqual([problem.message, problem.cure]);
  });

  it("is said in German, with its facts as they are", () => {
    expect(saidOf(problem, "de")).toBe(
      "Die Liste „{{list}} $& <b>“ gibt es nicht; sie entsteht, wenn jemand daraufkommt. Prüfe den Namen.",
    );
    expect(cureOf(problem, "de")).toContain("neue Liste");
  });

  it("is the server's sentence where the page does not know it", () => {
    const newer = { ...problem, code: "news", sentence: "news" } as unknown as FlowProblem;
    expect([saidOf(newer, "de"), cureOf(newer, "de")]).toEqual([problem.message, problem.cure]);
  });

  it("is what the page itself found, where it is not lint's", () => {
    const own: FlowProblem = {
      code: "a",
      severity: "error",
      step: null,
      path: "",
      message: "Own.",
      cure: "",
    };
    expect([saidOf(own, "de"), cureOf(own, "de")]).toEqual(["Own.", ""]);
  });
});

describe("what a kind of step lacks", () => {
  const lacking = (reason_code: StepKind["reason_code"], channel: string): StepKind => ({
    kind: channel || "ai_condition",
    channel,
    available: false,
    reason_code,
    reason: "As the server says it.",
    room: "",
  });

  it.each([
    ["channel_without_sender", "email", "Kein aktiver Absender kann Mails senden."],
    ["channel_without_sender", "sms", "Für SMS gibt es keine aktive Nummer."],
    ["decider_not_configured", "", "Es ist kein Modell eingerichtet"],
  ] as const)("is said in German: %s %s", (code, channel, said) => {
    const words = lackOf(lacking(code, channel), "de");
    expect(words).toContain(said);
    expect(words).not.toMatch(/\{\{|As the server|\b(sms|voice)\b/);
  });

  it("is the server's sentence in English, and where the page does not know the reason", () => {
    const newer = lacking("news" as StepKind["reason_code"], "");
    expect(lackOf(lacking("channel_without_sender", "sms"), "en")).toBe("As the server says it.");
    expect(lackOf(newer, "de")).toBe("As the server says it.");
  });
});
