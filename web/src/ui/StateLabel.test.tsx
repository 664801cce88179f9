import { expect, it } from "vitest";
import { draw } from "@/app/testing/draw";
import { StateLabel, TouchLabel } from "./StateLabel";
import { useWords } from "./words/useWords";

it.each([
  ["an active one", "active", "", "Active"],
  ["one whose touch is out", "awaiting", "", "Active"],
  ["one that waits for review", "pending_review", "", "Waiting for review"],
  ["a paused one with its reason", "paused", "out_of_office", "Paused· out of office"],
  ["a blocked one with its reason", "blocked", "missing_data", "Blocked· data is missing"],
  ["a finished one by what finished it", "finished", "opted_out", "Unsubscribed"],
  ["one that was stopped by a person", "finished", "manual", "Stopped· by hand"],
  ["a reason from a newer server", "paused", "moon_phase", "Paused· moon phase"],
])("says the state of %s", async (_, state, reason, expected) => {
  const { container } = await draw(<StateLabel state={state} reason={reason} />);
  expect(container).toHaveTextContent(expected);
});

it("lets the room say the reason in its own words", async () => {
  const { container } = await draw(<StateLabel state="paused" reason="out_of_office" note="to 30 Nov" />);
  expect(container).toHaveTextContent("Paused· to 30 Nov");
});

it("says why a touch did not leave", async () => {
  const { container } = await draw(<TouchLabel status="skipped" reason="no_address" />, { language: "de" });
  expect(container).toHaveTextContent("Übersprungen· keine Adresse für diesen Kanal");
});

function Delays() {
  const { delay } = useWords();
  return [delay(1, "days"), delay(3, "weekdays"), delay(2, "fortnights")].join(", ");
}

it("counts delays in their unit", async () => {
  const { container } = await draw(<Delays />);
  expect(container).toHaveTextContent("1 day, 3 weekdays, 2 fortnights");
});
