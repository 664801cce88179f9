import { fireEvent, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { draw } from "@/app/testing/draw";
import { serve } from "@/app/testing/server";
import { KeyDialog } from "./KeyDialog";

function clickBeside() {
  const beside = document.querySelector(".mantine-Modal-overlay");
  expect(beside).not.toBeNull();
  if (beside !== null) for (const type of ["mouseDown", "mouseUp", "click"] as const) fireEvent[type](beside);
}

it("keeps a key in sight that is shown once, whatever is clicked beside it", async () => {
  serve({ "GET /api/roles": { roles: [], rights: [] }, "POST /api/keys": { id: 1, key: "db_secret" } });
  const onClose = vi.fn();
  await draw(<KeyDialog onClose={onClose} />);
  const name = await screen.findByRole("textbox");
  clickBeside();
  expect(onClose).toHaveBeenCalledTimes(1); // nothing is lost yet
  await userEvent.type(name, "Import{Enter}");
  expect(await screen.findByDisplayValue("db_secret")).toBeVisible();
  clickBeside();
  expect(onClose).toHaveBeenCalledTimes(1);
});
