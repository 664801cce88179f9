import { german as condition } from "@/dialogs/condition/messages.de";
import type { Translated } from "@/ui/catalog";
import type { english } from "./messages.en";
import { calls } from "./texts/calls.de";
import { canvas } from "./texts/canvas.de";
import { clip } from "./texts/clip.de";
import { compose } from "./texts/compose.de";
import { format } from "./texts/format.de";
import { guard } from "./texts/guard.de";
import { inspector } from "./texts/inspector.de";
import { kinds } from "./texts/kinds.de";
import { meanwhile } from "./texts/meanwhile.de";
import { overview } from "./texts/overview.de";
import { leading } from "./texts/leading.de";
import { positions } from "./texts/positions.de";
import { publishing } from "./texts/publishing.de";
import { rules } from "./texts/rules.de";
import { settings } from "./texts/settings.de";
import { steps } from "./texts/steps.de";
import { walking } from "./texts/walking.de";
import { together } from "./texts/together.de";

export const german: Translated<typeof english> = {
  ...meanwhile,
  ...overview,
  ...steps,
  ...inspector,
  ...kinds,
  ...condition,
  ...format,
  ...guard,
  ...compose,
  ...publishing,
  ...rules,
  ...settings,
  ...calls,
  ...canvas,
  ...clip,
  ...leading,
  ...positions,
  ...together,
  ...walking,
};
