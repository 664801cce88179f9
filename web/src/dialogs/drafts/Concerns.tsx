import { useTranslation } from "react-i18next";
import type { Concern } from "@/api/approvals";
import { Problem } from "@/ui/Problem";
import classes from "./Drafts.module.css";
import type { english } from "./messages.en";

type Known = keyof (typeof english)["concern"];

/** What should be looked at in a draft, the worst first. */
export function Concerns({ concerns }: { readonly concerns: readonly Concern[] }) {
  const { t, i18n } = useTranslation("drafts");
  return concerns.map(({ code, severity, text, excerpt }) => {
    const isKnown = i18n.exists(`concern.${code}`, { ns: "drafts" });
    return (
      <div key={`${code}${excerpt}${text}`} className={classes.doubt} data-severity={severity}>
        <Problem
          tone={severity === "stop" ? "red" : "amber"}
          title={isKnown ? t(`concern.${code as Known}`) : text}
          {...(isKnown && { text })}
        />
      </div>
    );
  });
}
