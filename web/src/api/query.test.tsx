import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { draw } from "@/app/testing/draw";
import { inPages, type Page, useInfinite, useOptimistic } from "./query";

interface Task {
  readonly id: number;
  readonly name: string;
}

const KEY = ["tasks"];
const FIRST: Page<Task> = { items: [{ id: 1, name: "Call Ana" }], next_cursor: "more" };
const SECOND: Page<Task> = { items: [{ id: 2, name: "Call Bram" }], next_cursor: null };

interface TasksProps {
  readonly finish: (id: number) => Promise<unknown>;
  readonly reopen?: (id: number) => Promise<unknown>;
}

function Tasks({ finish, reopen = finish }: TasksProps) {
  const list = useInfinite<Task>({
    key: KEY,
    read: (cursor) => Promise.resolve(cursor === undefined ? FIRST : SECOND),
  });
  const done = useOptimistic({
    act: finish,
    keys: [KEY],
    change: inPages<Task, number>((task, id) => (task.id === id ? undefined : task)),
    said: (id) => `Task ${id} is done`,
    undo: reopen,
  });
  return (
    <>
      {list.rows?.map((task) => (
        <button
          key={task.id}
          type="button"
          onClick={() => {
            done.mutate(task.id);
          }}
        >
          {task.name}
        </button>
      ))}
      {list.hasMore && (
        <button type="button" onClick={list.onMore}>
          More
        </button>
      )}
    </>
  );
}

const never = () => new Promise(() => undefined);

describe("a list in pages", () => {
  it("grows until there is no more", async () => {
    await draw(<Tasks finish={never} />);
    await userEvent.click(await screen.findByRole("button", { name: "More" }));
    expect(await screen.findByRole("button", { name: "Call Bram" })).toBeVisible();
    expect(screen.getByRole("button", { name: "Call Ana" })).toBeVisible();
    expect(screen.queryByRole("button", { name: "More" })).toBeNull();
  });
});

describe("a change of one's own", () => {
  it("shows before the server answered", async () => {
    await draw(<Tasks finish={never} />);
    await userEvent.click(await screen.findByRole("button", { name: "Call Ana" }));
    expect(screen.queryByRole("button", { name: "Call Ana" })).toBeNull();
  });

  it("is taken back when it fails, and says why", async () => {
    await draw(<Tasks finish={() => Promise.reject(new Error("Somebody else did it."))} />);
    await userEvent.click(await screen.findByRole("button", { name: "Call Ana" }));
    expect(await screen.findByRole("button", { name: "Call Ana" })).toBeVisible();
    expect(screen.getByText("Somebody else did it.")).toBeVisible();
  });

  it("can be undone by the key on its toast", async () => {
    const reopen = vi.fn(() => Promise.resolve());
    await draw(<Tasks finish={() => Promise.resolve()} reopen={reopen} />);
    await userEvent.click(await screen.findByRole("button", { name: "Call Ana" }));
    expect(await screen.findByText("Task 1 is done")).toBeVisible();
    await userEvent.keyboard("z");
    expect(reopen).toHaveBeenCalledExactlyOnceWith(1, undefined);
    expect(screen.queryByText("Task 1 is done")).toBeNull();
  });
});
