import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { answer, api, ApiError } from "@/api/client";
import type { Letter, OpenedLetter } from "@/api/types";

const EVERY_TWO_SECONDS = 2_000;

export interface Letters {
  /** False outside the demo; undefined until the server said so. */
  readonly available: boolean | undefined;
  readonly items: readonly Letter[];
  readonly onMore: (() => void) | undefined;
}

/** The received mails, the newest first, a page at a time; new ones come in by themselves. */
export function useLetters(): Letters {
  const query = useInfiniteQuery({
    queryKey: ["dev-inbox"],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET("/api/inbox/dev", { params: { query: pageParam === null ? {} : { before: pageParam } } }),
      ),
    initialPageParam: null as number | null,
    getNextPageParam: (last) => last.next_before,
    // Only the first page changes; asking for many again and again would show nothing new.
    refetchInterval: (query) => ((query.state.data?.pages.length ?? 1) > 1 ? false : EVERY_TWO_SECONDS),
    retry: false,
  });
  const pages = query.data?.pages ?? [];
  return {
    available: pages[0]?.available,
    items: pages.flatMap((page) => page.items),
    onMore: query.hasNextPage ? () => void query.fetchNextPage() : undefined,
  };
}

export interface OpenLetter {
  readonly letter: OpenedLetter | undefined;
  readonly gone: boolean;
}

/** One mail with everything in it; a mail never changes, but its answer comes later. */
export function useLetter(mailId: number | undefined): OpenLetter {
  const query = useQuery({
    queryKey: ["dev-inbox", mailId],
    queryFn: () =>
      answer(api.GET("/api/inbox/dev/{mail_id}", { params: { path: { mail_id: mailId ?? 0 } } })),
    enabled: mailId !== undefined,
    refetchInterval: (each) => (each.state.data?.answered_at === null ? EVERY_TWO_SECONDS : false),
    retry: false,
  });
  return { letter: query.data, gone: query.error instanceof ApiError && query.error.status === 404 };
}
