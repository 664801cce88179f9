import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { useTranslation } from "react-i18next";
import { draw } from "@/app/testing/draw";
import type { Trigger } from "@/flow/trigger";
import { ruleWords } from "./words";

const KNOWN = { fields: [{ field: "custom.renewal", label: "Renewal", type: "date" }] };
const WON = { rules: [{ field: "stage", operator: "equals", value: "won" }] } as const;

interface SaysProps {
  readonly which?: "starts" | "stops";
  readonly trigger: Trigger;
}

function Says({ which = "starts", trigger }: SaysProps) {
  const { t } = useTranslation("sequences");
  return <p>{ruleWords(t, which, trigger, KNOWN)}</p>;
}

describe("a rule is one sentence", () => {
  it.each<[string, Trigger]>([
    ["Starts when the tag “vip” is added.", { any: [{ event: "tag_added", name: "vip" }] }],
    ["Starts when any tag is added.", { any: [{ event: "tag_added" }] }],
    [
      "Starts when the date in Renewal is 7 days away, or somebody replies.",
      { any: [{ event: "date_reached", name: "custom.renewal", days: -7 }, { event: "replied" }] },
    ],
    [
      "Starts when the date in Renewal comes, but only if Stage is “won”.",
      { any: [{ event: "date_reached", name: "custom.renewal" }], all: WON },
    ],
    ["Starts when it turns true that Stage is “won”.", { any: [{ becomes: WON }], all: {} }],
    [
      "Starts when somebody replies, but only if Stage is …",
      {
        any: [{ event: "replied" }],
        all: { rules: [{ field: "stage", operator: "equals", value: "" }] },
      },
    ],
  ])("%s", async (sentence, trigger) => {
    await draw(<Says trigger={trigger} />);
    expect(screen.getByText(sentence)).toBeInTheDocument();
  });

  it("in German too", async () => {
    const trigger: Trigger = { any: [{ event: "date_reached", name: "custom.renewal", days: 1 }] };
    await draw(<Says which="stops" trigger={trigger} />, { language: "de" });
    expect(screen.getByText("Endet, wenn das Datum in Renewal 1 Tag vorbei ist.")).toBeInTheDocument();
  });
});
