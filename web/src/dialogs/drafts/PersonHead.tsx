import { ActionIcon, Anchor, Text, Title } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Avatar } from "@/ui/Avatar";
import classes from "./PersonHead.module.css";

interface PersonHeadProps {
  readonly contact: { readonly id: number; readonly name: string; readonly company: string };
  /** On a phone, back to the list. */
  readonly onBack: () => void;
  /** What is said below the name. */
  readonly children: ReactNode;
}

/** Whom it is about that stands open beside a list, with the way to their page. */
export function PersonHead({ contact, onBack, children }: PersonHeadProps) {
  const { t } = useTranslation("drafts");
  return (
    <header className={classes.head}>
      <ActionIcon hiddenFrom="md" size="lg" aria-label={t("person.back")} onClick={onBack}>
        <IconArrowLeft size={18} stroke={1.75} aria-hidden />
      </ActionIcon>
      <Avatar name={contact.name} size={36} />
      <div className={classes.name}>
        <Title order={2} fz="lg">
          {contact.name}{" "}
          <Text span inherit fw={400} fz="sm" c="dimmed">
            {contact.company}
          </Text>
        </Title>
        {children}
      </div>
      <Anchor component={Link} to={`/contacts/${contact.id}`} className={classes.open ?? ""}>
        {t("person.open")}
      </Anchor>
    </header>
  );
}
