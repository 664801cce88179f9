import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { draw } from "@/app/testing/draw";
import { serve } from "@/app/testing/server";
import { type SenderVerb, useSenderVerb } from "./senders";

function Act({ verb }: { readonly verb: SenderVerb }) {
  const act = useSenderVerb(() => "Done");
  return (
    <button
      onClick={() => {
        act.mutate({ id: 3, verb });
      }}
    >
      Act
    </button>
  );
}

it.each([
  ["disable", ["POST /api/senders/3/disable", "POST /api/senders/3/enable"]],
  ["enable", ["POST /api/senders/3/enable", "POST /api/senders/3/disable"]],
] as const)("takes back what can be taken back: %s", async (verb, calls) => {
  const asked = serve(Object.fromEntries(calls.map((call) => [call, {}])));
  await draw(<Act verb={verb} />);
  await userEvent.click(screen.getByRole("button", { name: "Act" }));
  await userEvent.click(await screen.findByRole("button", { name: "Undo" }));
  await expect.poll(() => asked).toEqual(calls);
});

it.each(["retry", "default"] as const)("offers no way back where there is none: %s", async (verb) => {
  serve({ [`POST /api/senders/3/${verb}`]: {} });
  await draw(<Act verb={verb} />);
  await userEvent.click(screen.getByRole("button", { name: "Act" }));
  expect(await screen.findByText("Done")).toBeVisible();
  expect(screen.queryByRole("button", { name: "Undo" })).toBeNull();
});
