import { CloseButton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Problem } from "@/ui/Problem";
import { useUrlState } from "@/ui/useUrlState";
import { english } from "./messages.en";
import { OtherAccount } from "./OtherAccount";

type Why = keyof (typeof english)["why"];

/** Says how it went at the provider, once the browser is back. The address holds codes alone, never a text to show. */
export function ConnectedLine() {
  const { t } = useTranslation("connect");
  const [said, set] = useUrlState({ connected: "", connect_error: "" });
  if (said.connected === "" && said.connect_error === "") return null;
  if (said.connect_error === "other_account") {
    return (
      <OtherAccount
        onSettled={(address) => {
          set({ connected: address, connect_error: "" });
        }}
      />
    );
  }
  const why = said.connect_error in english.why ? (said.connect_error as Why) : "other";
  const close = (
    <CloseButton
      aria-label={t("close")}
      onClick={() => {
        set({ connected: "", connect_error: "" });
      }}
    />
  );
  return said.connect_error === "" ? (
    <Problem tone="green" title={t("done", { address: said.connected })}>
      {close}
    </Problem>
  ) : (
    <Problem
      tone={why === "answer_twice" ? "amber" : "red"}
      title={t(why === "answer_twice" ? "twice" : "failed")}
      text={t(`why.${why}`)}
    >
      {close}
    </Problem>
  );
}
