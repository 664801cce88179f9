// The doctor: why is nothing going out?
import { useQuery } from "@tanstack/react-query";
import { answer, api } from "./client";
import type { components } from "./schema";

export type Finding = components["schemas"]["FindingOut"];

const LIVE = 10_000;

export function useDoctor() {
  return useQuery({
    queryKey: ["doctor"],
    queryFn: () => answer(api.GET("/api/doctor")),
    refetchInterval: LIVE,
  });
}
