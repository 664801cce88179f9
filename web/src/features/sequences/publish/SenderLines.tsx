import { IconMail, IconMoon, IconPhone } from "@tabler/icons-react";
import type { TFunction } from "i18next";
import { Trans, useTranslation } from "react-i18next";
import type { Forecast } from "@/api/sequenceContent";
import { pathOf } from "../rooms";
import { Fact } from "./Fact";
import type { LinesProps } from "./lines";

const NAMED = 4;

/** By whom it leaves, with what cap and in whose day; one that is off is said, too. Then who waits for the night to pass. */
export function SenderLines({ forecast: { defaults }, onGo }: Omit<LinesProps, "sequence">) {
  const { t } = useTranslation("sequences");
  const shown = defaults.caps.toSorted((one, other) => Number(one.enabled) - Number(other.enabled));
  const more = shown.length - NAMED;
  const quiet = quietOf(defaults.quiet);
  return (
    <>
      {shown.slice(0, NAMED).map((sender) => (
        <Fact
          key={sender.sender_id}
          icon={sender.channel === "email" ? IconMail : IconPhone}
          to={pathOf(sender.channel === "email" ? "senders" : "numbers")}
          label={t("sendsBy.see")}
          onGo={onGo}
        >
          <Sender sender={sender} />
        </Fact>
      ))}
      {more > 0 && (
        <Fact icon={IconMail} to={pathOf("senders")} label={t("sendsBy.see")} onGo={onGo}>
          {t("sendsBy.more", { count: more })}
        </Fact>
      )}
      {quiet && (
        <Fact icon={IconMoon} onGo={onGo}>
          {t(`quiet.${quiet}`)}
        </Fact>
      )}
    </>
  );
}

function quietOf(channels: readonly string[]): "sms" | "voice" | "both" | undefined {
  const [sms, voice] = [channels.includes("sms"), channels.includes("voice")];
  if (sms && voice) return "both";
  if (sms) return "sms";
  return voice ? "voice" : undefined;
}

type SenderCap = Forecast["defaults"]["caps"][number];

function Sender({ sender }: { readonly sender: SenderCap }) {
  const { t } = useTranslation("sequences");
  const who = nameOf(t, sender);
  if (!sender.enabled)
    return <Trans t={t} i18nKey="sendsBy.off" values={{ who }} components={{ b: <b /> }} />;
  const says =
    sender.per_day === null
      ? t("sendsBy.sends", { who })
      : t("sendsBy.sendsCapped", { who, count: sender.per_day });
  const isElsewhere = sender.zone !== Intl.DateTimeFormat().resolvedOptions().timeZone;
  return isElsewhere ? `${says} ${t("sendsBy.elsewhere", { zone: sender.zone })}` : says;
}

function nameOf(t: TFunction<"sequences">, { name, sender: address }: SenderCap): string {
  return name === "" || name === address ? address : t("sendsBy.named", { name, address });
}
