import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { draw } from "@/app/testing/draw";
import { serve } from "@/app/testing/server";
import { useChangeMember, useMembers, useRemoveMember } from "./settings";
import { useColleagues } from "./tasks";

const ANA = { id: 4, name: "Ana Sorel", email: "ana@example.test", role: "rep", is_active: true };

/** The rooms of tasks and of members share what they know of members. */
function Rooms() {
  const colleagues = useColleagues();
  const { rows = [] } = useMembers();
  const change = useChangeMember(() => "Changed");
  const remove = useRemoveMember("Removed");
  return (
    <>
      {colleagues.map(({ id, name }) => (
        <p key={id}>{name}</p>
      ))}
      {rows.map(({ id }) => (
        <div key={id}>
          <button
            onClick={() => {
              change.mutate({ id, to: { is_active: false }, from: { is_active: true } });
            }}
          >
            Let nobody in
          </button>
          <button
            onClick={() => {
              remove.mutate(id);
            }}
          >
            Remove
          </button>
        </div>
      ))}
    </>
  );
}

it.each([
  ["Let nobody in", "PATCH /api/members/4", "Changed"],
  ["Remove", "DELETE /api/members/4", "Removed"],
])("changes a member also where tasks were handed on before: %s", async (act, call, said) => {
  const asked = serve({ "GET /api/members": { items: [ANA], next_cursor: null }, [call]: {} });
  await draw(<Rooms />);
  expect(await screen.findByText("Ana Sorel")).toBeVisible();
  await userEvent.click(await screen.findByRole("button", { name: act }));
  await waitFor(() => {
    expect(asked).toContain(call);
  });
  expect(await screen.findByText(said)).toBeVisible();
});
