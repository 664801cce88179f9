import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { draw } from "@/app/testing/draw";
import { BulkAct, BulkBar } from "./BulkBar";
import { DataTable, type DataTableProps } from "./DataTable";
import { useSelection } from "./useSelection";

interface Person {
  readonly id: number;
  readonly name: string;
}

const PEOPLE: readonly Person[] = ["Ana", "Bram", "Cleo", "Dario"].map((name, index) => ({
  id: index + 1,
  name,
}));

function People(props: Partial<DataTableProps<Person>>) {
  const selection = useSelection<string | number>();
  return (
    <>
      <DataTable
        label="People"
        rows={PEOPLE}
        rowKey={(person) => person.id}
        rowName={(person) => person.name}
        columns={[
          { key: "name", title: "Name", sort: "name", cell: (person) => person.name, phone: "title" },
        ]}
        selection={selection}
        empty="Nobody"
        {...props}
      />
      <BulkBar count={selection.selected.size} onClear={selection.clear}>
        <BulkAct label={`Pause ${selection.selected.size}`} onClick={() => undefined} />
      </BulkBar>
    </>
  );
}

const boxes = () => screen.getAllByRole("checkbox").slice(1);
const chosen = () => boxes().map((box) => (box as HTMLInputElement).checked);

describe("a table", () => {
  it("walks with j and k, selects with x, opens with Enter", async () => {
    const onOpen = vi.fn();
    await draw(<People onOpen={onOpen} />);
    await userEvent.keyboard("jjkjx{Enter}");
    expect(chosen()).toEqual([false, true, false, false]);
    expect(onOpen).toHaveBeenCalledExactlyOnceWith(PEOPLE[1]);
    await userEvent.keyboard("{Escape}");
    expect(chosen()).toEqual([false, false, false, false]);
  });

  it("selects all between two presses when Shift is held", async () => {
    await draw(<People />);
    const user = userEvent.setup();
    await user.click(screen.getByRole("checkbox", { name: "Select Ana" }));
    await user.keyboard("{Shift>}");
    await user.click(screen.getByRole("checkbox", { name: "Select Cleo" }));
    expect(chosen()).toEqual([true, true, true, false]);
    expect(screen.getByRole("toolbar")).toHaveTextContent("3 selected");
    expect(screen.getByRole("button", { name: "Pause 3" })).toBeVisible();
  });

  it("selects all that is shown, and nothing at the second press", async () => {
    await draw(<People />);
    const all = screen.getByRole("checkbox", { name: "Select all shown" });
    await userEvent.click(all);
    expect(chosen()).toEqual([true, true, true, true]);
    await userEvent.click(all);
    expect(screen.queryByRole("toolbar")).toBeNull();
  });

  it("opens a row by a press, but not by a press on what stands in it", async () => {
    const onOpen = vi.fn();
    await draw(<People onOpen={onOpen} actions={() => <button type="button">Why?</button>} />);
    const row = screen.getByRole("row", { name: /Bram/ });
    await userEvent.click(within(row).getByRole("button", { name: "Why?" }));
    await userEvent.click(within(row).getByRole("checkbox"));
    expect(onOpen).not.toHaveBeenCalled();
    await userEvent.click(screen.getByText("Bram"));
    expect(onOpen).toHaveBeenCalledExactlyOnceWith(PEOPLE[1]);
  });

  it("sorts by a press on a title, and turns at the second", async () => {
    const onSort = vi.fn();
    await draw(<People onSort={onSort} sort={{ by: "name", descending: false }} />);
    expect(screen.getByRole("columnheader", { name: "Name" })).toHaveAttribute("aria-sort", "ascending");
    await userEvent.click(screen.getByRole("button", { name: "Name" }));
    expect(onSort).toHaveBeenCalledExactlyOnceWith({ by: "name", descending: true });
  });

  it("asks for more, and says so while it waits", async () => {
    const onMore = vi.fn();
    await draw(<People hasMore onMore={onMore} />);
    await userEvent.click(screen.getByRole("button", { name: "Show more" }));
    expect(onMore).toHaveBeenCalledOnce();
  });

  it("keeps the place of rows to come, and shows what stands for none", async () => {
    await draw(<People rows={undefined} />);
    expect(screen.getByRole("table", { name: "People" })).toHaveAttribute("aria-busy", "true");
    await draw(<People rows={[]} />);
    expect(screen.getByText("Nobody")).toBeVisible();
  });

  it("leaves the keys to a field that has the focus", async () => {
    await draw(
      <>
        <input aria-label="Note" />
        <People />
      </>,
    );
    await userEvent.type(screen.getByRole("textbox", { name: "Note" }), "jx");
    expect(chosen()).toEqual([false, false, false, false]);
  });
});
