import { ActionIcon, Group, Text, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { IconArrowLeft } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { ContactDetail } from "@/api/contacts";
import { Avatar } from "@/ui/Avatar";
import { isZone, timeOf } from "@/ui/moments";
import { Marked } from "@/ui/StateLabel";
import { enrollmentLook } from "@/ui/states";
import { useNow } from "@/ui/useNow";
import { useWords } from "@/ui/words/useWords";
import { PersonMenu } from "./PersonMenu";
import classes from "./Person.module.css";

interface HeadProps {
  readonly contact: ContactDetail;
  readonly acts: ReactNode;
}

/** Who it is, on two lines, with what can be done. */
export function Head({ contact, acts }: HeadProps) {
  const { t } = useTranslation("contacts");
  const { word } = useWords();
  useDocumentTitle(`${contact.name} · drumbeat`);
  const blocked = contact.blocked.email;
  return (
    <header className={classes.head}>
      <ActionIcon
        component={Link}
        to="/contacts"
        variant="subtle"
        color="gray"
        hiddenFrom="sm"
        aria-label={t("gone.back")}
      >
        <IconArrowLeft size={18} />
      </ActionIcon>
      <Avatar name={contact.name} size={44} />
      <div style={{ minWidth: 0 }}>
        <Group gap="sm" wrap="nowrap">
          <Title order={1} style={{ overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" }}>
            {contact.name}
          </Title>
          {contact.stage !== "" && <span className={classes.stage}>{contact.stage}</span>}
          {blocked !== undefined && (
            <Marked
              look={enrollmentLook("finished", "suppressed")}
              label={t("suppressed")}
              note={word("skip", blocked)}
            />
          )}
        </Group>
        <Text c="dimmed" truncate>
          <About contact={contact} />
        </Text>
      </div>
      <div className={classes.acts}>{acts}</div>
      <PersonMenu contact={contact} />
    </header>
  );
}

function About({ contact: { title, company, time_zone } }: { readonly contact: ContactDetail }) {
  const { t, i18n } = useTranslation("contacts");
  const now = useNow(30_000);
  const parts = [[title, company].filter((part) => part !== "").join(", ")];
  if (isZone(time_zone)) {
    const place = time_zone.split("/").at(-1)?.replaceAll("_", " ") ?? time_zone;
    parts.push(t("there", { place, time: timeOf(now, { language: i18n.language, zone: time_zone }) }));
  }
  return parts.filter((part) => part !== "").join(" · ");
}
