import { fireEvent, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { draw } from "@/app/testing/draw";
import { Variables } from "./Variables";

it.each([
  [{}, "1"],
  [{ "1": "a", "2": "b" }, "3"],
  [{ "2": "b", "3": "c" }, "1"],
])("adds the first place that is free to %o: %s", async (held, added) => {
  const onChange = vi.fn();
  await draw(<Variables held={held} readOnly={false} onChange={onChange} />);
  for (const button of screen.getAllByRole("button").slice(-1)) fireEvent.click(button);
  expect(onChange).toHaveBeenCalledWith({ ...held, [added]: "" });
});
