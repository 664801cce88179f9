// Today: one answer for the whole room, asked every few seconds.
import { useQuery } from "@tanstack/react-query";
import { answer, api } from "./client";
import type { components } from "./schema";

type Schemas = components["schemas"];
export type Today = Schemas["TodayOut"];
export type DayBeat = Schemas["BeatOut"];
export type Quarter = Schemas["QuarterOut"];
export type TodayProblem = Schemas["ProblemOut"];
export type Coming = Schemas["ComingOut"];

const LIVE = 5_000;

/** The zone of whoever reads. */
export function ownZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

export function useToday() {
  return useQuery({
    queryKey: ["today"],
    queryFn: () => answer(api.GET("/api/today", { params: { query: { zone: ownZone() } } })),
    refetchInterval: LIVE,
  });
}
