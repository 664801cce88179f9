import { english as condition } from "@/dialogs/condition/messages.en";
import { calls } from "./texts/calls.en";
import { canvas } from "./texts/canvas.en";
import { clip } from "./texts/clip.en";
import { compose } from "./texts/compose.en";
import { format } from "./texts/format.en";
import { guard } from "./texts/guard.en";
import { inspector } from "./texts/inspector.en";
import { kinds } from "./texts/kinds.en";
import { meanwhile } from "./texts/meanwhile.en";
import { overview } from "./texts/overview.en";
import { leading } from "./texts/leading.en";
import { positions } from "./texts/positions.en";
import { publishing } from "./texts/publishing.en";
import { rules } from "./texts/rules.en";
import { settings } from "./texts/settings.en";
import { steps } from "./texts/steps.en";
import { walking } from "./texts/walking.en";
import { together } from "./texts/together.en";

export const english = {
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
