// What is typed about a sender, and the bodies that are made of it.
import type { Security, Sender, SenderChange, SenderIn, Server, WarmUp } from "@/api/senders";
import { spanOf, windowOf } from "./hours";

/** Where mail is handed in. */
export const PORTS = [587, 465, 25, 2525] as const;
const FRESH_PER_DAY = 50;
/** Ten a day, five more each day, until the usual cap. */
const WARM_UP: WarmUp = { start: 10, step: 5, per_days: 1, top: FRESH_PER_DAY };

export interface Typed {
  readonly address: string;
  readonly name: string;
  readonly replyTo: string;
  readonly signature: string;
  readonly host: string;
  readonly port: string;
  readonly security: string;
  readonly username: string;
  /** Empty: the stored one stays. */
  readonly password: string;
  /** Empty: no cap. */
  readonly perDay: number | string;
  /** Seconds between two messages; empty: none. */
  readonly spacing: number | string;
  readonly warms: boolean;
  readonly warmUp: WarmUp;
  readonly anyHour: boolean;
  readonly days: readonly number[];
  readonly from: string;
  readonly until: string;
}

/** A sender that nobody has made yet. */
const FRESH: Typed = {
  address: "",
  name: "",
  replyTo: "",
  signature: "",
  host: "",
  port: String(PORTS[0]),
  security: "starttls",
  username: "",
  password: "",
  perDay: FRESH_PER_DAY,
  spacing: "",
  warms: false,
  warmUp: WARM_UP,
  anyHour: false,
  ...spanOf(null),
};

export function typedOf(sender?: Sender): Typed {
  if (sender === undefined) return FRESH;
  return {
    address: sender.address,
    name: sender.name,
    replyTo: sender.reply_to,
    signature: sender.signature,
    host: sender.host,
    port: String(sender.port),
    security: sender.security,
    username: sender.username,
    password: "",
    perDay: sender.cap_per_day ?? "",
    spacing: sender.spacing_seconds === 0 ? "" : sender.spacing_seconds,
    warms: sender.warm_up !== null,
    warmUp: sender.warm_up ?? WARM_UP,
    anyHour: sender.window === null,
    ...spanOf(sender.window),
  };
}

export function serverOf(typed: Typed): Server {
  return {
    host: typed.host,
    port: Number(typed.port),
    security: typed.security as Security,
    username: typed.username,
    ...(typed.password !== "" && { password: typed.password }),
  };
}

function limitsOf(typed: Typed) {
  const cap = Number(typed.perDay);
  return {
    name: typed.name,
    reply_to: typed.replyTo,
    signature: typed.signature,
    no_cap_per_minute: false,
    no_cap_per_hour: false,
    no_cap_per_day: typed.perDay === "",
    no_warm_up: !typed.warms,
    spacing_seconds: Number(typed.spacing),
    ...(typed.warms && { warm_up: typed.warmUp }),
    ...(typed.perDay !== "" && { cap_per_day: cap }),
    ...(typed.anyHour ? { any_hour: true } : { window: windowOf(typed.days, typed.from, typed.until) }),
  };
}

export function newOf(typed: Typed): SenderIn {
  return { address: typed.address, server: serverOf(typed), ...limitsOf(typed) };
}

/** The server goes along only where it was typed anew: the stored password belongs to it. */
export function changeOf(typed: Typed, sender: Sender): SenderChange {
  const before = typedOf(sender);
  const touched = (["host", "port", "security", "username", "password"] as const).some(
    (name) => typed[name] !== before[name],
  );
  return { ...limitsOf(typed), ...(touched && { server: serverOf(typed) }) };
}
