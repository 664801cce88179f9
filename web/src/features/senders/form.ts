// What is typed about a sender, and the bodies that are made of it.
import type { Account, Security, Sender, SenderChange, SenderIn, Server, WarmUp } from "@/api/senders";
import { spanOf, windowOf } from "@/flow/hours";

/** Of the ways to send: a server of one's own. Any other is the name of a provider. */
export const BY_SMTP = "smtp";
/** Where mail is handed in. */
export const PORTS = [587, 465, 25, 2525] as const;
const FRESH_PER_DAY = 50;
/** Ten a day, five more each day, until the usual cap. */
const WARM_UP: WarmUp = { start: 10, step: 5, per_days: 1, top: FRESH_PER_DAY };

export interface Typed {
  readonly address: string;
  readonly name: string;
  readonly replyTo: string;
  /** Replies and bounces come to an address with a plus. */
  readonly plus: boolean;
  readonly signature: string;
  readonly way: string;
  /** What the provider must be told, by field; of secrets what is empty stays. */
  readonly account: Readonly<Record<string, string>>;
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

const BARE = {
  way: BY_SMTP as string,
  account: {} as Readonly<Record<string, string>>,
  host: "",
  port: String(PORTS[0]),
  security: "starttls",
  username: "",
};
/** A sender that nobody has made yet. */
const FRESH: Typed = {
  address: "",
  name: "",
  replyTo: "",
  plus: false,
  signature: "",
  ...BARE,
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
    plus: sender.plus_addressing,
    signature: sender.signature,
    ...wayTyped(sender),
    password: "",
    perDay: sender.cap_per_day ?? "",
    spacing: sender.spacing_seconds === 0 ? "" : sender.spacing_seconds,
    warms: sender.warm_up !== null,
    warmUp: sender.warm_up ?? WARM_UP,
    anyHour: sender.window === null,
    ...spanOf(sender.window),
  };
}

/** An account leaves the fields of a server as they are for a new one. */
function wayTyped({ account, host, port, security, username }: Sender) {
  if (account !== null) {
    return { ...BARE, way: account.provider, account: account.options };
  }
  return { ...BARE, host, port: String(port), security, username };
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

/** Return how it sends as it was typed: a server, or an account at a provider. */
export function wayOf(typed: Typed): { readonly server: Server } | { readonly account: Account } {
  if (typed.way === BY_SMTP) return { server: serverOf(typed) };
  return { account: { provider: typed.way, values: typed.account } };
}

function limitsOf(typed: Typed) {
  const cap = Number(typed.perDay);
  return {
    name: typed.name,
    reply_to: typed.replyTo,
    plus_addressing: typed.plus,
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
  return { address: typed.address, ...wayOf(typed), ...limitsOf(typed) };
}

/** The way to send goes along only where it was typed anew: what is stored of secrets belongs to it. */
export function changeOf(typed: Typed, sender: Sender): SenderChange {
  const before = typedOf(sender);
  const names = ["way", "account", "host", "port", "security", "username", "password"] as const;
  const touched = names.some((name) => JSON.stringify(typed[name]) !== JSON.stringify(before[name]));
  return { ...limitsOf(typed), ...(touched && wayOf(typed)) };
}
