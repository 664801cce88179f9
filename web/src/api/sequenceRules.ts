// What starts a sequence by itself, and when it rests: whom triggers met, public holidays, the default sequence.
import { useQuery } from "@tanstack/react-query";
import { answer, api } from "./client";
import { useInfinite, useOptimistic } from "./query";
import type { components } from "./schema";

type Schemas = components["schemas"];
export type TriggerMatch = Schemas["TriggerMatchOut"];
export type Country = Schemas["CountryOut"];
export type Holiday = Schemas["HolidayOut"];
export type NextTime = Schemas["NextTimeOut"];
export type TimingSettings = Pick<
  Schemas["SequenceSettingsOut"],
  "window" | "holidays" | "jitter_seconds" | "sender_id"
>;

const AT_ONCE = 5;
const LIVE = 10_000;
const TIMES = 10;

/** Whom triggers and criteria met, the latest first. */
export function useTriggerMatches(id: number) {
  return useInfinite<TriggerMatch>({
    key: ["sequences", id, "trigger-matches"],
    read: (cursor) =>
      answer(
        api.GET("/api/sequences/{sequence_id}/trigger-matches", {
          params: { path: { sequence_id: id }, query: { limit: AT_ONCE, cursor: cursor ?? "" } },
        }),
      ),
    every: LIVE,
  });
}

/** The countries whose public holidays are known. */
export function useCountries(enabled: boolean) {
  return useQuery({
    queryKey: ["holidays", "countries"],
    queryFn: () => answer(api.GET("/api/holidays/countries")),
    staleTime: Infinity,
    enabled,
  });
}

/** The public holidays of a year in some countries or parts of them. */
export function useHolidays(countries: readonly string[], year: number) {
  return useQuery({
    queryKey: ["holidays", countries, year],
    queryFn: () =>
      answer(api.GET("/api/holidays", { params: { query: { countries: countries.join(","), year } } })),
    staleTime: Infinity,
    retry: false,
    enabled: countries.length > 0,
    meta: { quiet: true },
  });
}

/** The next moments at which a message of a sequence may leave for a contact by these settings; caps are not counted. */
export function useNextTimes(id: number, contact: number | undefined, settings: TimingSettings) {
  return useQuery({
    queryKey: ["sequences", id, "next-times", contact, settings],
    queryFn: () =>
      answer(
        api.POST("/api/sequences/{sequence_id}/next-times", {
          params: { path: { sequence_id: id } },
          body: { contact_id: contact ?? 0, count: TIMES, ...settings },
        }),
      ),
    enabled: contact !== undefined,
    placeholderData: (before) => before,
    retry: false,
    meta: { quiet: true },
  });
}

const BY_DEFAULT = [["sequences"], ["enroll"]] as const;

interface Chosen {
  readonly id: number;
  readonly name: string;
  readonly on: boolean;
}

/** Choose the sequence that new contacts begin in, or give it up. */
export function useChooseDefault(said: (chosen: Chosen) => string) {
  const choose = ({ id, on }: Chosen) => {
    const params = { path: { sequence_id: id } };
    return on
      ? answer(api.PUT("/api/sequences/{sequence_id}/default", { params }))
      : answer(api.DELETE("/api/sequences/{sequence_id}/default", { params }));
  };
  return useOptimistic({ act: choose, keys: BY_DEFAULT, said });
}
