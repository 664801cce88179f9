import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { draw } from "@/app/testing/draw";
import { PickDays, PickNumber, PickOne } from "./picks";
import { Sentence } from "./Sentence";

it("puts each picker where the sentence wants it", async () => {
  const { container } = await draw(
    <Sentence text="Send at most {cap} a day, {then}." parts={{ cap: <b>50</b>, then: <i>then wait</i> }} />,
  );
  expect(container).toHaveTextContent("Send at most 50 a day, then wait.");
});

it("tells a number when it is written to its end", async () => {
  const onChange = vi.fn();
  await draw(<PickNumber label="Cap" value={5} min={1} max={200} onChange={onChange} />);
  const field = screen.getByRole("spinbutton", { name: "Cap" });
  await userEvent.clear(field);
  await userEvent.type(field, "120");
  expect(onChange).not.toHaveBeenCalled();
  await userEvent.type(field, "{Enter}");
  expect(onChange).toHaveBeenCalledExactlyOnceWith(120);
});

it("marks a number that lies outside, and goes back to the one before", async () => {
  const onChange = vi.fn();
  await draw(<PickNumber label="Cap" value={5} min={1} max={200} onChange={onChange} />);
  const field = screen.getByRole("spinbutton", { name: "Cap" });
  await userEvent.type(field, "000");
  expect(field).toBeInvalid();
  await userEvent.tab();
  expect(onChange).not.toHaveBeenCalled();
  expect(field).toHaveValue(5);
});

it("picks one of a few", async () => {
  const onChange = vi.fn();
  const options = ["pause", "finish"].map((value) => ({ value, label: value }));
  await draw(<PickOne label="On reply" value="finish" options={options} onChange={onChange} />);
  await userEvent.selectOptions(screen.getByRole("combobox", { name: "On reply" }), "pause");
  expect(onChange).toHaveBeenCalledExactlyOnceWith("pause");
});

it("keeps days in the order of the week, and at least one of them", async () => {
  const onChange = vi.fn();
  await draw(<PickDays label="Days" value={[3]} onChange={onChange} />);
  await userEvent.click(screen.getByRole("button", { name: "Wednesday" }));
  expect(onChange).not.toHaveBeenCalled();
  await userEvent.click(screen.getByRole("button", { name: "Monday" }));
  expect(onChange).toHaveBeenCalledExactlyOnceWith([1, 3]);
});
