// Where people put the nodes of a flow on the canvas: beside the flow, for everybody.
import { useQuery } from "@tanstack/react-query";
import { answer, api } from "./client";
import type { components } from "./schema";
import { sequenceKey } from "./sequences";

type Position = components["schemas"]["PositionOut"];
/** By the key of a step. */
type Positions = ReadonlyMap<string, Position>;

const at = (id: number) => ({ path: { sequence_id: id } });

export async function fetchPositions(id: number): Promise<Positions> {
  return positionsOf(await answer(api.GET("/api/sequences/{sequence_id}/positions", { params: at(id) })));
}

const NOWHERE: Positions = new Map();

/** Return where the nodes stand for one who looks at them and moves none; undefined until the server answered. */
export function usePlaces(id: number): Positions | undefined {
  const { data, isError } = useQuery({
    queryKey: [...sequenceKey(id), "positions"],
    queryFn: () => fetchPositions(id),
    gcTime: 0,
  });
  return data ?? (isError ? NOWHERE : undefined);
}

/** Put steps elsewhere or let them go; return where all of them are then. */
export async function savePositions(
  id: number,
  changes: ReadonlyMap<string, Position | undefined>,
): Promise<Positions> {
  const positions = Object.fromEntries([...changes].map(([step, to]) => [step, to ?? null]));
  return positionsOf(
    await answer(
      api.PATCH("/api/sequences/{sequence_id}/positions", { params: at(id), body: { positions } }),
    ),
  );
}

function positionsOf({ positions }: components["schemas"]["PositionsOut"]): Positions {
  return new Map(Object.entries(positions));
}
