// How rooms read lists and change what they show: pages that grow, and changes that show at once.
import {
  type InfiniteData,
  keepPreviousData,
  type QueryClient,
  type QueryKey,
  useInfiniteQuery,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next_cursor: string | null;
}

interface InfiniteOptions<Item> {
  readonly key: QueryKey;
  /** Ask for the page behind the cursor; undefined is the first. */
  readonly read: (cursor?: string) => Promise<Page<Item>>;
  readonly enabled?: boolean;
  /** Milliseconds after which the pages at hand are asked anew. */
  readonly every?: number;
}

export interface Rows<Item> {
  /** undefined until the first page is there. */
  readonly rows: readonly Item[] | undefined;
  readonly hasMore: boolean;
  readonly onMore: () => void;
  readonly loading: boolean;
  readonly failed: Error | undefined;
}

/** Read a list page by page. While another filter loads, the rows of the one before stay. */
export function useInfinite<Item>({ key, read, enabled = true, every }: InfiniteOptions<Item>): Rows<Item> {
  const list = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam }) => read(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: every ?? false,
    enabled,
  });
  return {
    rows: list.data?.pages.flatMap((page) => page.items),
    hasMore: list.hasNextPage,
    onMore: () => {
      if (!list.isFetching) void list.fetchNextPage();
    },
    loading: list.isFetching,
    failed: list.error ?? undefined,
  };
}

interface OptimisticOptions<Variables, Data, Cached> {
  readonly act: (variables: Variables) => Promise<Data>;
  /** Every cached query whose key begins with one of these is changed at once, and asked anew afterwards. */
  readonly keys: readonly QueryKey[];
  /** Left out: nothing is changed before the server answered. */
  readonly change?: (cached: Cached, variables: Variables) => Cached;
  /** Asked anew afterwards as well. */
  readonly refresh?: readonly QueryKey[];
  /** Done once the server answered or failed, before others hear of it. */
  readonly after?: (variables: Variables) => void;
  /** What the toast says once it is done. Empty: no toast. */
  readonly said?: (variables: Variables, data: Data) => string;
  /** Offered on the toast. */
  readonly undo?: (variables: Variables, data: Data) => Promise<unknown>;
  /** Left out: every one can be undone. */
  readonly mayUndo?: (variables: Variables) => boolean;
  /** Milliseconds within which it can be undone; the toast counts down. Left out: as long as the toast stands. */
  readonly undoFor?: number;
  /** The caller shows a failure itself. */
  readonly quiet?: boolean;
}

type Snapshot = readonly (readonly [QueryKey, unknown])[];

/** A change that shows before the server answered, is taken back when it fails, and can be undone. */
export function useOptimistic<Variables, Data, Cached>({
  act,
  keys,
  change,
  refresh = [],
  after,
  said,
  undo,
  mayUndo,
  undoFor,
  quiet = false,
}: OptimisticOptions<Variables, Data, Cached>) {
  const client = useQueryClient();
  const renew = () =>
    Promise.all([...keys, ...refresh].map((queryKey) => client.invalidateQueries({ queryKey })));
  return useMutation({
    mutationFn: act,
    onMutate: async (variables: Variables) => {
      if (change === undefined) return [];
      await Promise.all(keys.map((queryKey) => client.cancelQueries({ queryKey })));
      return patch(client, keys, (cached: Cached) => change(cached, variables));
    },
    onError: (_error, _variables, before) => {
      restore(client, before ?? []);
    },
    onSettled: (_data, _error, variables) => {
      after?.(variables);
      return renew();
    },
    meta: {
      quiet,
      said: said as MutationWords["said"],
      undoFor,
      mayUndo: mayUndo as MutationWords["mayUndo"],
      undo:
        undo &&
        (async (variables, data) => {
          await undo(variables as Variables, data as Data);
          await renew();
        }),
    },
  });
}

/** What a mutation tells the frame, which says it in a toast. */
export interface MutationWords extends Record<string, unknown> {
  /** A failure is shown elsewhere. */
  readonly quiet?: boolean;
  readonly said?: ((variables: unknown, data: unknown) => string) | undefined;
  readonly undo?: ((variables: unknown, data: unknown) => Promise<unknown>) | undefined;
  readonly mayUndo?: ((variables: unknown) => boolean) | undefined;
  readonly undoFor?: number | undefined;
}

declare module "@tanstack/react-query" {
  interface Register {
    mutationMeta: MutationWords;
  }
}

/**
 * Make a `change` for a list in pages: a new item takes the place of each, undefined removes it. What lies under the same
 * key and is no such list stays as it is: a change must never fail before the server was asked.
 */
export function inPages<Item, Variables>(change: (item: Item, variables: Variables) => Item | undefined) {
  return (cached: InfiniteData<Page<Item>>, variables: Variables): InfiniteData<Page<Item>> => {
    if (!isPaged(cached)) return cached;
    const pages = cached.pages.map((page) => ({
      ...page,
      items: page.items.map((item) => change(item, variables)).filter((item) => item !== undefined),
    }));
    return { ...cached, pages };
  };
}

function isPaged(cached: unknown): boolean {
  return typeof cached === "object" && cached !== null && "pages" in cached;
}

function patch<Cached>(
  client: QueryClient,
  keys: readonly QueryKey[],
  change: (cached: Cached) => Cached,
): Snapshot {
  const before = keys.flatMap((queryKey) => client.getQueriesData<Cached>({ queryKey }));
  for (const [key, cached] of before) {
    if (cached !== undefined) client.setQueryData(key, change(cached));
  }
  return before;
}

function restore(client: QueryClient, before: Snapshot): void {
  for (const [key, cached] of before) client.setQueryData(key, cached);
}
