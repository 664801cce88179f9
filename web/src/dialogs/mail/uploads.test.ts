import { afterEach, describe, expect, it, vi } from "vitest";
import type { Attachment } from "@/api/attachments";
import { begin, giveUp, onUploads, sayFaults, underOf } from "./uploads";

interface Sent {
  readonly tell: (share: number) => void;
  readonly keep: (kept: Attachment) => void;
  readonly fail: (error: unknown) => void;
  readonly signal: AbortSignal;
}

const { sent } = vi.hoisted(() => ({ sent: [] as Sent[] }));

vi.mock("@/api/attachments", () => ({
  upload: (_file: File, tell: Sent["tell"], signal: AbortSignal) =>
    new Promise<Attachment>((keep, fail) => sent.push({ tell, keep, fail, signal })),
}));

const KEPT = { id: 5, name: "a.pdf", size: 3 } as Attachment;
const kept = vi.fn();

/** Begin to upload a file; return how it goes on. */
function uploading(letter = "letters 11"): Sent {
  begin(letter, new File(["abc"], "a.pdf"), kept, String);
  const [last] = sent.slice(-1);
  if (last === undefined) throw new Error("nothing is on its way");
  return last;
}

/** Leave the page; true where the browser would ask first. */
function leave(): boolean {
  return !window.dispatchEvent(new Event("beforeunload", { cancelable: true }));
}

afterEach(() => {
  for (const letter of ["letters 11", "letters 12"]) {
    for (const { key } of underOf(letter).uploads) giveUp(letter, key);
    sayFaults(letter, []);
  }
  kept.mockClear();
});

describe("a file on its way", () => {
  it("goes on while nobody looks, and reaches its letter", async () => {
    const stop = onUploads(vi.fn());
    const one = uploading();
    stop();
    one.tell(0.5);
    expect(underOf("letters 11").uploads).toMatchObject([{ name: "a.pdf", size: 3, share: 0.5 }]);
    expect(underOf("letters 12").uploads).toEqual([]);
    expect(one.signal.aborted).toBe(false);
    one.keep(KEPT);
    await vi.waitFor(() => {
      expect(kept).toHaveBeenCalledWith(KEPT);
    });
    expect(underOf("letters 11").uploads).toEqual([]);
  });

  it("has leaving the page asked about, until it is there or given up", async () => {
    expect(leave()).toBe(false);
    uploading().keep(KEPT);
    uploading("letters 12");
    expect(leave()).toBe(true);
    await vi.waitFor(() => {
      expect(kept).toHaveBeenCalledTimes(1);
    });
    expect(leave()).toBe(true);
    giveUp("letters 12", underOf("letters 12").uploads[0]?.key ?? 0);
    expect(sent.at(-1)?.signal.aborted).toBe(true);
    expect(leave()).toBe(false);
  });

  it("says at its letter why it was not taken, whenever one looks", async () => {
    uploading().fail("too large");
    await vi.waitFor(() => {
      expect(underOf("letters 11")).toEqual({ uploads: [], faults: ["too large"] });
    });
    expect(underOf("letters 12").faults).toEqual([]);
  });
});
