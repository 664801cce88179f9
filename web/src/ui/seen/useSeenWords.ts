// Opens and clicks in words: by people, or by machines and how one can tell.
import { useTranslation } from "react-i18next";

export interface Sight {
  readonly word: string;
  readonly visitor: string;
  readonly reason: string;
  readonly url: string;
}

interface SeenWords {
  /** "Opened, by a machine (Apple's privacy proxy)". */
  readonly title: (sight: Sight) => string;
  /** Where a link led, short: "example.com/prices". */
  readonly place: (sight: Sight) => string;
}

export function useSeenWords(): SeenWords {
  const { t } = useTranslation("seen");
  return {
    title: ({ word, visitor, reason }) => {
      const what = word === "clicked" ? "clicked" : "opened";
      if (visitor !== "machine") return t(`human.${what}`);
      const why = t(`reason.${reason}` as "reason.bot", { defaultValue: reason.replaceAll("_", " ") });
      return `${t(`machine.${what}`)} (${why})`;
    },
    place: ({ url }) => shortened(url),
  };
}

const LONGEST = 60;

function shortened(url: string): string {
  const bare = url.replace(/^https?:\/\/(www\.)?/i, "").replace(/\/$/, "");
  return bare.length > LONGEST ? `${bare.slice(0, LONGEST)}…` : bare;
}
