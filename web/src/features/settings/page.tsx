import { Box, Text } from "@mantine/core";
import type { ComponentType } from "react";
import { useTranslation } from "react-i18next";
import { NavLink, useParams } from "react-router";
import { useMay, useSession } from "@/api/session";
import { Room } from "@/ui/Room";
import { AccountSection } from "./AccountSection";
import { AgentsSection } from "./agents/AgentsSection";
import { AuditSection } from "./AuditSection";
import { BrandingSection } from "./BrandingSection";
import { DomainsSection } from "./DomainsSection";
import { HooksSection } from "./HooksSection";
import { KeysSection } from "./KeysSection";
import { LimitsSection } from "./LimitsSection";
import { MailboxesSection } from "./MailboxesSection";
import { MembersSection } from "./MembersSection";
import { NumbersSection } from "./numbers/NumbersSection";
import { RolesSection } from "./RolesSection";
import { Closed } from "./Closed";
import { type Section, type SectionName, sectionNamed, sectionsFor } from "./sections";
import classes from "./Settings.module.css";
import { StopSection } from "./StopSection";
import { WorkspaceSection } from "./WorkspaceSection";

const PAGES: Readonly<Record<SectionName, ComponentType>> = {
  account: AccountSection,
  workspace: WorkspaceSection,
  branding: BrandingSection,
  limits: LimitsSection,
  members: MembersSection,
  roles: RolesSection,
  keys: KeysSection,
  mailboxes: MailboxesSection,
  domains: DomainsSection,
  numbers: NumbersSection,
  agents: AgentsSection,
  hooks: HooksSection,
  audit: AuditSection,
  stop: StopSection,
};

/** The settings, one section at a time; on a phone the list of sections is a page of its own. */
export function Component() {
  const { t } = useTranslation("settings");
  const { section: asked } = useParams();
  const { data: session } = useSession();
  const sections = sectionsFor(useMay());
  if (session === undefined) return <Room title={t("title")}>{null}</Room>;
  const chosen = sectionNamed(asked);
  return <Sectioned sections={sections} shown={(chosen ?? FIRST).name} isList={chosen === undefined} />;
}

const FIRST = { name: "account" } as const;

interface SectionedProps extends SectionsProps {
  /** No section is asked for: a phone shows the list alone. */
  readonly isList: boolean;
}

function Sectioned({ sections, shown, isList }: SectionedProps) {
  const { t } = useTranslation("settings");
  const Page = sections.some(({ name }) => name === shown) ? PAGES[shown] : Closed;
  return (
    <Room title={t("title")} meta={t(`section.${shown}`)}>
      <div className={classes.room} data-list={isList || undefined}>
        <Sections sections={sections} shown={shown} />
        <Box className={classes.page}>
          <Back />
          <Page />
        </Box>
      </div>
    </Room>
  );
}

interface SectionsProps {
  readonly sections: readonly Section[];
  readonly shown: SectionName;
}

function Sections({ sections, shown }: SectionsProps) {
  const { t } = useTranslation("settings");
  return (
    <nav className={classes.sections} aria-label={t("sections")}>
      {sections.map(({ name, icon: Icon }) => (
        <NavLink
          key={name}
          to={`/settings/${name}`}
          className={classes.section ?? ""}
          aria-current={name === shown ? "page" : undefined}
          data-shown={name === shown || undefined}
        >
          <Icon size={16} stroke={1.75} aria-hidden />
          {t(`section.${name}`)}
        </NavLink>
      ))}
    </nav>
  );
}

/** The way to the list of sections, where the list is not beside the page. */
function Back() {
  const { t } = useTranslation("settings");
  return (
    <NavLink to="/settings" end className={classes.back ?? ""}>
      <Text span inherit aria-hidden>
        ‹{" "}
      </Text>
      {t("back")}
    </NavLink>
  );
}
