import { type QueryClient, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "@/api/client";
import type { Board } from "@/api/types";
import { arrive, type Arrivals, growth, type Sample, sampled } from "@/flow/arrivals";

const KEY = ["board"] as const;
const EACH_SECOND = 1_000;

/** The board with what only this page knows: when it first saw each message, and how fast the count grows. */
export interface LiveBoard {
  readonly board: Board;
  readonly arrivals: Arrivals;
  readonly samples: readonly Sample[];
  readonly perMinute: number | undefined;
  /** What to add to this machine's clock to get the server's, in milliseconds. */
  readonly clockOffset: number;
  readonly readAt: number;
}

async function read(client: QueryClient): Promise<LiveBoard> {
  const board = await answer(api.GET("/api/board"));
  const now = Date.now();
  const before = client.getQueryData<LiveBoard>(KEY);
  const samples = sampled(before?.samples ?? [], board.figures.sent, now);
  return {
    board,
    arrivals: arrive(
      before?.arrivals,
      board.just_now.map((said) => said.id),
      now,
    ),
    samples,
    perMinute: growth(samples),
    clockOffset: Date.parse(board.now) - now,
    readAt: now,
  };
}

/** Ask for the board each second while the page is in sight. */
export function useBoard() {
  const client = useQueryClient();
  return useQuery({
    queryKey: KEY,
    queryFn: () => read(client),
    refetchInterval: EACH_SECOND,
    retry: false,
    // Maps and samples are new each time: comparing them deeply buys nothing.
    structuralSharing: false,
  });
}

/** Stop all sending, or lift the stop; the board is asked anew at once. */
export function useEmergencyStop() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (stop: boolean) =>
      stop ? answer(api.POST("/api/emergency-stop")) : answer(api.DELETE("/api/emergency-stop")),
    onSuccess: () => client.invalidateQueries({ queryKey: KEY }),
    meta: { quiet: true }, // the board says it where the stop is
  });
}
