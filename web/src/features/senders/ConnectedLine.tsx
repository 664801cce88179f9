import { CloseButton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Problem } from "@/ui/Problem";
import { useUrlState } from "@/ui/useUrlState";
import { accounts } from "./accounts.en";

type Why = keyof (typeof accounts)["connect"]["why"];

/** Says how it went at the provider, once the browser is back. The address holds codes alone, never a text to show. */
export function ConnectedLine() {
  const { t } = useTranslation("senders");
  const [said, set] = useUrlState({ connected: "", connect_error: "" });
  if (said.connected === "" && said.connect_error === "") return null;
  const why = said.connect_error in accounts.connect.why ? (said.connect_error as Why) : "other";
  const close = (
    <CloseButton
      aria-label={t("connect.cancel")}
      onClick={() => {
        set({ connected: "", connect_error: "" });
      }}
    />
  );
  return said.connect_error === "" ? (
    <Problem tone="green" title={t("connect.done", { address: said.connected })}>
      {close}
    </Problem>
  ) : (
    <Problem tone="red" title={t("connect.failed")} text={t(`connect.why.${why}`)}>
      {close}
    </Problem>
  );
}
