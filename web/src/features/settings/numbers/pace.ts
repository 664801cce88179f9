// What is typed about a number's pace, and the body that is made of it.
import type { NumberForm, PhoneNumber } from "@/api/numbers";
import { spanOf, windowOf } from "@/flow/hours";

export interface Pace {
  readonly name: string;
  /** Empty: no cap. */
  readonly perDay: number | string;
  readonly perMinute: number | string;
  readonly anyHour: boolean;
  readonly days: readonly number[];
  readonly from: string;
  readonly until: string;
  /** Empty: none. */
  readonly service: string;
  readonly registration: PhoneNumber["registration"];
}

const FRESH_PER_DAY = 50;

export function paceOf(number?: PhoneNumber): Pace {
  if (number === undefined) {
    return {
      name: "",
      perDay: FRESH_PER_DAY,
      perMinute: "",
      anyHour: false,
      ...spanOf(null),
      service: "",
      registration: "",
    };
  }
  return {
    name: number.name,
    perDay: number.cap_per_day ?? "",
    perMinute: number.cap_per_minute ?? "",
    anyHour: number.window === null,
    ...spanOf(number.window),
    service: number.service_sid,
    registration: number.registration,
  };
}

export function formOf(pace: Pace): NumberForm {
  return {
    name: pace.name,
    service_sid: pace.service.trim(),
    registration: pace.registration,
    no_cap_per_day: pace.perDay === "",
    no_cap_per_minute: pace.perMinute === "",
    no_cap_per_hour: false,
    no_warm_up: false,
    ...(pace.perDay !== "" && { cap_per_day: Number(pace.perDay) }),
    ...(pace.perMinute !== "" && { cap_per_minute: Number(pace.perMinute) }),
    ...(pace.anyHour ? { any_hour: true } : { window: windowOf(pace.days, pace.from, pace.until) }),
  };
}
