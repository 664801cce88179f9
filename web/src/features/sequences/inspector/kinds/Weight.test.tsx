import { fireEvent, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { useChangePhoneAccount } from "@/api/numbers";
import { draw } from "@/app/testing/draw";
import { serve } from "@/app/testing/server";
import { Cost, Weight } from "./Weight";

const TWO = { encoding: "ucs-2", units: 71, segments: 2, left: 63, dear: ["“"] };

it.each([
  [
    "from the least to the most",
    { currency: "USD", amount: "0.0166", most: "0.175" },
    "$0.0166 to $0.175 for a person, by country",
  ],
  ["the one price", { currency: "EUR", amount: "0.16", most: "0.16" }, "about €0.16 for a person"],
  [
    "that none is known there",
    { currency: "EUR", amount: null, most: null },
    "No price is set for the country of this number.",
  ],
])("says beside a text what it costs: %s", async (_, cost, words) => {
  serve({ "POST /api/texts/weigh": { ...TWO, ...cost } });
  await draw(<Weight text="“Hello”" />);
  expect(await screen.findByText(words)).toBeVisible();
  expect(screen.getByText(/71 characters in UCS-2 · 2 segments/)).toBeVisible();
});

const UNSET = { ...TWO, currency: "", amount: null, most: null };

it("says where prices are set, where there are none", async () => {
  serve({ "POST /api/texts/weigh": UNSET });
  await draw(<Weight text="Hello" />);
  expect(await screen.findByRole("link")).toHaveAttribute("href", "/settings/numbers");
});

it("says nothing of a call or a WhatsApp message without prices", async () => {
  const asked = serve({ "POST /api/texts/weigh": UNSET });
  await draw(<Cost channel="voice" text="Hello" />);
  await expect.poll(() => asked).toContain("POST /api/texts/weigh");
  expect(screen.queryByRole("link")).toBeNull();
});

function Pricing() {
  const change = useChangePhoneAccount(3, "");
  return (
    <button
      onClick={() => {
        change.mutate({ name: "" });
      }}
    >
      Price
    </button>
  );
}

it("says what it costs as soon as prices are set", async () => {
  const answers: Record<string, unknown> = {
    "POST /api/texts/weigh": UNSET,
    "PATCH /api/phone-accounts/3": {},
  };
  serve(answers);
  await draw(
    <>
      <Weight text="Hello" />
      <Pricing />
    </>,
  );
  expect(await screen.findByRole("link")).toBeVisible();
  answers["POST /api/texts/weigh"] = { ...TWO, currency: "EUR", amount: "0.16", most: "0.16" };
  fireEvent.click(screen.getByRole("button"));
  expect(await screen.findByText("about €0.16 for a person")).toBeVisible();
});
