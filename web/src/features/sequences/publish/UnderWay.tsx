import { IconPlayerPause, IconRoute } from "@tabler/icons-react";
import { Trans, useTranslation } from "react-i18next";
import type { LinesProps } from "./lines";
import { Fact } from "./Fact";

const NAMED = 3;

/** Who runs through which version now, and that publishing leaves them there. */
export function UnderWay({ forecast: { under_way: versions }, sequence, onGo }: LinesProps) {
  const { t } = useTranslation("sequences");
  const paused = sequence.status === "paused" && (
    <Fact icon={IconPlayerPause} onGo={onGo}>
      {t("underWay.paused")}
    </Fact>
  );
  if (sequence.status === "draft") return null;
  if (versions.length === 0) {
    return (
      <>
        {paused}
        <Fact icon={IconRoute} onGo={onGo}>
          {t("underWay.nobody")}
        </Fact>
      </>
    );
  }
  const older = versions.slice(NAMED).reduce((sum, { people }) => sum + people, 0);
  const way = {
    to: `/sequences/${sequence.id}/enrollments?group=running`,
    label: t("underWay.see"),
  };
  const said = [
    ...versions.slice(0, NAMED).map(({ version, people }) => ({ version, people, key: "version" as const })),
    ...(older > 0 ? [{ version: 0, people: older, key: "older" as const }] : []),
  ];
  return (
    <>
      {paused}
      {said.map(({ version, people, key }, index) => (
        <Fact key={version} icon={IconRoute} onGo={onGo} {...(index === 0 && way)}>
          <Trans
            t={t}
            i18nKey={`underWay.${key}`}
            count={people}
            values={{ count: people, version }}
            components={{ b: <b /> }}
          />
          {index === said.length - 1 && ` ${t("underWay.next")}`}
        </Fact>
      ))}
    </>
  );
}
