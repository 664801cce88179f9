import { Group, Stack, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { ApiError } from "@/api/client";
import {
  type ContactChange,
  type ContactDetail,
  useChangeContact,
  useComing,
  useContactFacets,
} from "@/api/contacts";
import { Avatar } from "@/ui/Avatar";
import { PersonName } from "@/ui/PersonName";
import { Marked, StateLabel } from "@/ui/StateLabel";
import { enrollmentLook } from "@/ui/states";
import { useWords } from "@/ui/words/useWords";
import { EditField } from "./EditField";
import { TagsAndLists } from "./TagsAndLists";

const FIELDS = [
  "first_name",
  "last_name",
  "email",
  "phone",
  "whatsapp",
  "company",
  "title",
  "stage",
  "time_zone",
  "language",
] as const;

interface ProfileProps {
  readonly contact: ContactDetail;
  readonly mayEdit: boolean;
}

/** What is known about a person; a press on a value changes it. */
export function Profile({ contact, mayEdit }: ProfileProps) {
  const { t } = useTranslation("contacts");
  const change = useChangeContact(contact.id);
  const save = async (body: Partial<ContactChange>) => {
    try {
      await change.mutateAsync({ custom: {}, consent: {}, ...body });
      return "";
    } catch (error) {
      const problem = error instanceof ApiError ? error.problem : undefined;
      return problem?.detail ?? t("failed");
    }
  };
  return (
    <Stack gap="lg">
      <section>
        <Title order={2}>{t("profile")}</Title>
        {FIELDS.map((name) => (
          <EditField
            key={name}
            label={t(`field.${name}`)}
            value={contact[name]}
            mayEdit={mayEdit}
            note={<Reach contact={contact} name={name} />}
            onSave={(text) => save({ [name]: text })}
          />
        ))}
        <Owner contact={contact} mayEdit={mayEdit} onSave={save} />
      </section>
      <TagsAndLists contact={contact} mayEdit={mayEdit} />
      {contact.custom.length > 0 && (
        <section>
          <Title order={2}>{t("facts")}</Title>
          {contact.custom.map(({ key, label, type, value }) => (
            <EditField
              key={key}
              label={label}
              type={type}
              value={
                value === null ? "" : typeof value === "boolean" ? t(value ? "yes" : "no") : String(value)
              }
              mayEdit={mayEdit}
              onSave={(text) => save({ custom: { [key]: text } })}
            />
          ))}
        </section>
      )}
      <Colleagues contact={contact} />
    </Stack>
  );
}

const CHANNELS: Readonly<Record<string, string>> = { email: "email", phone: "sms", whatsapp: "whatsapp" };

/** Why an address may not be used. */
function Reach({ contact, name }: { readonly contact: ContactDetail; readonly name: string }) {
  const { word } = useWords();
  const why = contact.blocked[CHANNELS[name] ?? ""];
  if (why === undefined) return null;
  return <Marked look={enrollmentLook("finished", "suppressed")} label={word("skip", why)} />;
}

interface OwnerProps extends ProfileProps {
  readonly onSave: (body: Partial<ContactChange>) => Promise<string>;
}

function Owner({ contact: { owner }, mayEdit, onSave }: OwnerProps) {
  const { t } = useTranslation("contacts");
  const owners = useContactFacets().data?.owners ?? [];
  return (
    <EditField
      label={t("filter.owner")}
      value={owner === null ? "" : String(owner.id)}
      shown={
        owner && (
          <Group gap={6} component="span">
            <Avatar name={owner.name} size={20} />
            {owner.name}
          </Group>
        )
      }
      choices={owners.map(({ id, value }) => ({ value: String(id), label: value }))}
      mayEdit={mayEdit}
      onSave={(id) => onSave({ owner_id: id === "" ? null : Number(id) })}
    />
  );
}

function Colleagues({ contact }: { readonly contact: ContactDetail }) {
  const { t } = useTranslation("contacts");
  const colleagues = useComing(contact.id).data?.colleagues ?? [];
  if (colleagues.length === 0) return null;
  return (
    <section>
      <Group justify="space-between">
        <Title order={2}>{t("colleagues")}</Title>
        <Text
          component={Link}
          to={`/contacts?q=${encodeURIComponent(contact.company)}`}
          c="var(--db-accent-text)"
        >
          {t("all")}
        </Text>
      </Group>
      <Stack gap={8} mt="xs">
        {colleagues.slice(0, 5).map(({ id, name, state }) => (
          <Group key={id} justify="space-between" wrap="nowrap" gap="xs">
            <PersonName name={name} to={`/contacts/${id}`} />
            {state !== "" && <StateLabel state={state} />}
          </Group>
        ))}
      </Stack>
    </section>
  );
}
