import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { draw } from "@/app/testing/draw";
import { Chips } from "./Chips";
import { FilterBar } from "./FilterBar";
import { useUrlState } from "./useUrlState";

function Filters() {
  const [{ state, search }, set] = useUrlState({ state: "all", search: "" });
  return (
    <FilterBar
      search={{
        value: search,
        label: "Name or email",
        onChange: (value) => {
          set({ search: value });
        },
      }}
    >
      <Chips
        label="State"
        value={state}
        onChange={(value) => {
          set({ state: value });
        }}
        chips={[
          { value: "all", label: "All", count: 1_843 },
          { value: "paused", label: "Paused", count: 5 },
        ]}
      />
    </FilterBar>
  );
}

it("keeps filters in the address, and defaults out of it", async () => {
  const { router } = await draw(<Filters />, { address: "/people?open=7" });
  await userEvent.click(screen.getByRole("button", { name: "Paused 5" }));
  expect(router.state.location.search).toBe("?open=7&state=paused");
  await userEvent.click(screen.getByRole("button", { name: "All 1,843" }));
  expect(router.state.location.search).toBe("?open=7");
});

it("searches what was typed after a pause, and empties at a press", async () => {
  const { router } = await draw(<Filters />, { address: "/people?search=ana" });
  const field = screen.getByRole("searchbox", { name: "Name or email" });
  expect(field).toHaveValue("ana");
  await userEvent.type(field, " ruiz");
  await expect.poll(() => router.state.location.search).toBe("?search=ana+ruiz");
  await userEvent.click(screen.getByRole("button", { name: "Clear the search" }));
  await expect.poll(() => router.state.location.search).toBe("");
});

it("goes to the search by its key", async () => {
  await draw(<Filters />);
  await userEvent.keyboard("/");
  expect(screen.getByRole("searchbox")).toHaveFocus();
  expect(screen.getByRole("searchbox")).toHaveValue("");
});
