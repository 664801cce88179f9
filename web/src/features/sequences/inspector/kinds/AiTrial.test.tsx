import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import type { Sequence } from "@/api/sequences";
import { draw } from "@/app/testing/draw";
import { serve } from "@/app/testing/server";
import { newStep } from "@/flow/edits";
import type { InspectorProps } from "../Inspector";
import { AiTrial } from "./AiTrial";

const DECIDED = {
  way: "unclear",
  is_fallback: true,
  reason: "Not sure: they said nothing.",
  confidence: 0.31,
  score: 40,
  model: "small",
  cost: "0.002",
};

describe("trying a decision out", () => {
  it("asks for one person and tells the way, why, how surely and what it cost", async () => {
    const asked = serve({
      "GET /api/contacts": {
        items: [{ id: 3, name: "Kim Lund", email: "kim@example.test" }],
        next_cursor: null,
      },
      "POST /api/sequences/7/decide": DECIDED,
    });
    const props = { step: newStep("ai_qualify", "ask"), sequence: { id: 7 } as Sequence };
    await draw(<AiTrial {...(props as InspectorProps)} />);
    await userEvent.click(screen.getByRole("button", { name: /Try it out/ }));
    expect(screen.getByText("Ask now").closest("button")).toBeDisabled();
    await userEvent.click(screen.getByPlaceholderText("Choose somebody"));
    await userEvent.click(await screen.findByText(/Kim Lund/));
    await userEvent.click(screen.getByText("Ask now"));
    expect(await screen.findByText("unclear")).toBeInTheDocument();
    expect(screen.getByText("Not sure: they said nothing.")).toBeInTheDocument();
    expect(screen.getByText("31 % sure · score 40 of 100 · small · cost 0.002")).toBeInTheDocument();
    expect(asked).toContain("POST /api/sequences/7/decide");
  });
});
