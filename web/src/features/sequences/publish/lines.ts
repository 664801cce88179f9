import type { Forecast } from "@/api/sequenceContent";
import type { Sequence } from "@/api/sequences";

/** What each group of lines in the dialog is made of. */
export interface LinesProps {
  readonly forecast: Forecast;
  readonly sequence: Sequence;
  /** Somebody follows a link: the dialog goes. */
  readonly onGo: () => void;
}
