import { describe, expect, it } from "vitest";
import type { Sender } from "@/api/senders";
import { changeOf, typedOf } from "./form";
import { grouped, spanOf, windowOf } from "@/flow/hours";

const OFFICE = windowOf([1, 2, 3, 4, 5], "09:00", "17:00");
const SENDER = {
  id: 1,
  address: "ann@ours.test",
  name: "Ann",
  reply_to: "",
  signature: "",
  account: null,
  host: "mail.example.com",
  port: 587,
  security: "starttls",
  username: "ann",
  window: OFFICE,
  cap_per_day: 50,
} as unknown as Sender;

describe("the hours of a sender", () => {
  it("are read back as they were written", () => {
    expect(spanOf(OFFICE)).toEqual({ days: [1, 2, 3, 4, 5], from: "09:00", until: "17:00" });
  });

  it("put days that open alike together, the most first", () => {
    const window = { ...OFFICE, saturday: [["10:00", "12:00"]] };
    expect(grouped(window).map(({ days }) => days)).toEqual([[0, 1, 2, 3, 4], [5]]);
  });
});

describe("what is sent of a form", () => {
  it("leaves the server out while it is as it was: the stored password belongs to it", () => {
    expect(changeOf({ ...typedOf(SENDER), name: "Ann Lee" }, SENDER)).not.toHaveProperty("server");
  });

  it("takes the server along once anything of it was typed", () => {
    const typed = { ...typedOf(SENDER), password: "new" };
    expect(changeOf(typed, SENDER).server).toMatchObject({ host: "mail.example.com", password: "new" });
  });

  it("takes an account along in place of the server, with the secrets that were typed alone", () => {
    const account = {
      provider: "postmark",
      title: "Postmark",
      options: { message_stream: "news" },
      secrets: ["server_token"],
    };
    const sender = { ...SENDER, account };
    expect(changeOf({ ...typedOf(sender), name: "Ann Lee" }, sender)).not.toHaveProperty("account");
    const typed = { ...typedOf(sender), account: { message_stream: "other" } };
    expect(changeOf(typed, sender)).toMatchObject({
      account: { provider: "postmark", values: { message_stream: "other" } },
    });
    expect(changeOf({ ...typedOf(SENDER), way: "resend", account: { api_key: "k" } }, SENDER)).toMatchObject({
      account: { provider: "resend", values: { api_key: "k" } },
    });
  });

  it("lifts a cap that was emptied", () => {
    expect(changeOf({ ...typedOf(SENDER), perDay: "" }, SENDER)).toMatchObject({ no_cap_per_day: true });
  });
});
