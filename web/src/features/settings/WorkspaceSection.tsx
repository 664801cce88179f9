import { Skeleton, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useMay } from "@/api/session";
import { useRoles, useSenderNames } from "@/api/settings";
import type { WorkspaceSettings } from "@/api/types";
import { Panel } from "@/ui/Panel";
import { PickOne, PickText } from "@/ui/picks";
import { localeOf } from "@/ui/time";
import { useNow } from "@/ui/useNow";
import classes from "./Settings.module.css";
import { ForwardLine } from "./ForwardLine";
import { SettingLine } from "./SettingLine";
import { useSettings } from "./useSettings";

const MINUTE = 60_000;
const ZONES = ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")];

interface LineProps {
  readonly values: WorkspaceSettings;
  readonly disabled: boolean;
  readonly set: ReturnType<typeof useSettings>["set"];
}

/** What the workspace is called, whose clock it follows, who sees what. */
export function WorkspaceSection() {
  const { t } = useTranslation("settings");
  const { values, mayEdit, set } = useSettings();
  if (values === undefined) return <Skeleton h={260} maw={680} radius="lg" />;
  const line = { values, set, disabled: !mayEdit };
  return (
    <div className={classes.narrow}>
      <Panel title={t("section.workspace")}>
        {!mayEdit && <Text c="dimmed">{t("readOnly")}</Text>}
        <NameLine {...line} />
        <ZoneLine {...line} />
        <RepsLine {...line} />
        <SenderLine {...line} />
        <ForwardLine {...line} />
        <TrackingLine {...line} />
      </Panel>
    </div>
  );
}

function NameLine({ values, disabled, set }: LineProps) {
  const { t } = useTranslation("settings");
  const picker = (
    <PickText
      label={t("workspace.nameLabel")}
      value={values.name}
      disabled={disabled}
      onChange={(name) => {
        set({ name });
      }}
    />
  );
  return (
    <SettingLine text={t("workspace.name")} parts={{ name: picker }} effect={t("workspace.nameEffect")} />
  );
}

function ZoneLine({ values, disabled, set }: LineProps) {
  const { t, i18n } = useTranslation("settings");
  const now = useNow(MINUTE / 2);
  const zones = ZONES.includes(values.time_zone) ? ZONES : [values.time_zone, ...ZONES];
  const time = new Intl.DateTimeFormat(localeOf(i18n.language), {
    hour: "2-digit",
    minute: "2-digit",
    weekday: "long",
    timeZone: values.time_zone,
  }).format(now);
  const picker = (
    <PickOne
      label={t("workspace.zoneLabel")}
      value={values.time_zone}
      disabled={disabled}
      options={zones.map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") }))}
      onChange={(zone) => {
        set({ time_zone: zone });
      }}
    />
  );
  return (
    <SettingLine
      text={t("workspace.zone")}
      parts={{ zone: picker }}
      effect={t("workspace.zoneEffect", { time })}
    />
  );
}

function RepsLine({ values, disabled, set }: LineProps) {
  const { t } = useTranslation("settings");
  const may = useMay();
  const { data: roles } = useRoles(may("users.view"));
  const count = roles?.roles.find((role) => role.name === "rep")?.members ?? 0;
  const picker = (
    <PickOne
      label={t("workspace.repsLabel")}
      value={values.reps_see_own_contacts ? "own" : "all"}
      disabled={disabled}
      options={[
        { value: "all", label: t("workspace.repsAll") },
        { value: "own", label: t("workspace.repsOwn") },
      ]}
      onChange={(which) => {
        set({ reps_see_own_contacts: which === "own" });
      }}
    />
  );
  return (
    <SettingLine
      text={t("workspace.reps")}
      parts={{ which: picker }}
      effect={t("workspace.repsEffect", { count })}
    />
  );
}

function TrackingLine({ values, disabled, set }: LineProps) {
  const { t } = useTranslation("settings");
  const picker = (
    <PickOne
      label={t("workspace.trackingLabel")}
      value={values.allows_tracking ? "may" : "mayNot"}
      disabled={disabled}
      options={[
        { value: "may", label: t("workspace.trackingMay") },
        { value: "mayNot", label: t("workspace.trackingMayNot") },
      ]}
      onChange={(which) => {
        set({ allows_tracking: which === "may" });
      }}
    />
  );
  return (
    <SettingLine
      text={t("workspace.tracking")}
      parts={{ may: picker }}
      effect={t(values.allows_tracking ? "workspace.trackingOn" : "workspace.trackingOff")}
    />
  );
}

function SenderLine({ values, disabled, set }: LineProps) {
  const { t } = useTranslation("settings");
  const may = useMay();
  const { data: senders = [] } = useSenderNames(may("senders.view"));
  const options = senders.map(({ id, name, address }) => ({
    value: String(id),
    label: name === "" ? address : `${name} <${address}>`,
  }));
  const picker = (
    <PickOne
      label={t("workspace.senderLabel")}
      value={values.default_sender === null ? "" : String(values.default_sender)}
      disabled={disabled}
      options={[{ value: "", label: t("workspace.senderNone") }, ...options]}
      onChange={(id) => {
        set({ default_sender: id === "" ? null : Number(id) });
      }}
    />
  );
  return (
    <SettingLine
      text={t("workspace.sender")}
      parts={{ sender: picker }}
      effect={t("workspace.senderEffect")}
    />
  );
}
