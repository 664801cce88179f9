// Geometry of a day in quarter hours: the hours worth showing, a bar for each quarter, the window, the line of now.

interface Quarter {
  readonly at: string;
  readonly sent: number;
  readonly sent_calls: number;
  readonly planned: number;
  readonly planned_calls: number;
}

interface Day {
  readonly start: string;
  readonly end: string;
  readonly quarters: readonly Quarter[];
  readonly spans: readonly { readonly start: string; readonly end: string }[];
}

export interface Scale {
  readonly from: number;
  readonly until: number;
  readonly width: number;
  readonly height: number;
  readonly most: number;
  readonly now: number;
  readonly spans: readonly { readonly x: number; readonly width: number }[];
  readonly hours: readonly { readonly x: number; readonly label: string }[];
}

export interface Part {
  readonly y: number;
  readonly height: number;
  readonly planned: boolean;
  readonly calls: boolean;
}

export interface Bar {
  readonly at: number;
  readonly x: number;
  readonly width: number;
  readonly sent: number;
  readonly planned: number;
  readonly parts: readonly Part[];
}

const HOUR = 3_600_000;
const QUARTER = HOUR / 4;
const LEAST_HOURS = 10;
const LABEL = 44;
const TOP = 14;
const LEAST_HEIGHT = 4;
const FEW = 4;

/** Choose the hours to show: the window, what happened and what is planned, with an hour around; at least ten. */
export function scaleOf(day: Day, now: number, width: number, height: number): Scale {
  const start = Date.parse(day.start);
  const end = Date.parse(day.end);
  const moments = [
    now,
    ...day.quarters.map(({ at }) => Date.parse(at)),
    ...day.spans.flatMap((span) => [Date.parse(span.start), Date.parse(span.end)]),
  ].filter((at) => at >= start && at <= end);
  const first = Math.floor((Math.min(...moments, end) - HOUR / 2 - start) / HOUR);
  const last = Math.ceil((Math.max(...moments, start) + HOUR / 2 - start) / HOUR);
  const hours = Math.round((end - start) / HOUR);
  const missing = Math.max(0, LEAST_HOURS - (last - first));
  const fromHour = Math.max(0, Math.min(first - Math.floor(missing / 2), hours - LEAST_HOURS));
  const untilHour = Math.min(hours, Math.max(last, fromHour + LEAST_HOURS));
  const from = start + fromHour * HOUR;
  const until = start + untilHour * HOUR;
  const place = (at: number) => ((clamp(at, from, until) - from) / (until - from)) * width;
  const every = Math.max(1, Math.ceil(LABEL / (width / (untilHour - fromHour))));
  return {
    from,
    until,
    width,
    height,
    most: Math.max(FEW, ...day.quarters.map(total)),
    now: place(now),
    spans: day.spans.map((span) => {
      const x = place(Date.parse(span.start));
      return { x, width: place(Date.parse(span.end)) - x };
    }),
    hours: range(fromHour + 1, untilHour - 1)
      .filter((hour) => (hour - fromHour) % every === 0)
      .map((hour) => ({
        x: place(start + hour * HOUR),
        label: String(new Date(start + hour * HOUR).getHours()),
      })),
  };
}

function total(quarter: Quarter): number {
  return quarter.sent + quarter.sent_calls + quarter.planned + quarter.planned_calls;
}

function clamp(at: number, from: number, until: number): number {
  return Math.min(until, Math.max(from, at));
}

function range(from: number, until: number): number[] {
  return Array.from({ length: Math.max(0, until - from + 1) }, (_, index) => from + index);
}

/** Stack each quarter from the ground: messages, then calls; what left, then what is planned. */
export function bars(day: Day, scale: Scale): Bar[] {
  const slot = (scale.width * QUARTER) / (scale.until - scale.from);
  const width = Math.max(2, slot * 0.6);
  return day.quarters.map((quarter) => {
    const at = Date.parse(quarter.at);
    const x = ((at - scale.from) / (scale.until - scale.from)) * scale.width + (slot - width) / 2;
    return {
      at,
      x,
      width,
      sent: quarter.sent + quarter.sent_calls,
      planned: quarter.planned + quarter.planned_calls,
      parts: stacked(quarter, scale),
    };
  });
}

function stacked(quarter: Quarter, { height, most }: Scale): Part[] {
  const unit = (height - TOP) / most;
  let ground = height;
  const parts: Part[] = [];
  const layers = [
    { count: quarter.sent, planned: false, calls: false },
    { count: quarter.sent_calls, planned: false, calls: true },
    { count: quarter.planned, planned: true, calls: false },
    { count: quarter.planned_calls, planned: true, calls: true },
  ];
  for (const { count, planned, calls } of layers) {
    if (count === 0) continue;
    const tall = Math.max(LEAST_HEIGHT, count * unit);
    ground -= tall;
    parts.push({ y: ground, height: tall - 1, planned, calls });
    ground -= 1;
  }
  return parts;
}
