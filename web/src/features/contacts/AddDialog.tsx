import { Anchor, Button, Group, Modal, SimpleGrid, Stack, TagsInput, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { ApiError } from "@/api/client";
import { type ContactIn, useContactFacets, useCreateContact } from "@/api/contacts";

const FIELDS = ["first_name", "last_name", "email", "phone", "company", "title"] as const;
const WIDE = new Set<string>(["email", "company"]);
const EMPTY: ContactIn = {
  first_name: "",
  last_name: "",
  email: "",
  phone: "",
  whatsapp: "",
  company: "",
  title: "",
  stage: "",
  time_zone: "",
  language: "",
  custom: {},
  tags: [],
};

/** Add one person. A known address leads to the one who has it. */
export function AddDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation("contacts");
  const navigate = useNavigate();
  const [values, setValues] = useState(EMPTY);
  const create = useCreateContact();
  const facets = useContactFacets().data;
  const problem = create.error instanceof ApiError ? create.error.problem : undefined;
  const save = () => {
    create.mutate(values, { onSuccess: ({ id }) => void navigate(`/contacts/${id}`) });
  };
  return (
    <Modal opened onClose={onClose} title={t("add.title")}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <Stack gap="sm">
          <SimpleGrid cols={2} spacing="sm">
            {FIELDS.map((name) => (
              <TextInput
                key={name}
                style={WIDE.has(name) ? { gridColumn: "1 / -1" } : {}}
                label={t(`field.${name}`)}
                type={name === "email" ? "email" : "text"}
                value={values[name]}
                error={problem?.fields?.[name]}
                {...(name === "first_name" && { "data-autofocus": true })}
                onChange={({ currentTarget: { value } }) => {
                  setValues((before) => ({ ...before, [name]: value }));
                }}
              />
            ))}
          </SimpleGrid>
          <TagsInput
            label={t("filter.tag")}
            data={facets?.tags.map(({ value }) => value) ?? []}
            value={values.tags ?? []}
            onChange={(tags) => {
              setValues((before) => ({ ...before, tags }));
            }}
          />
          {create.isError && <Refused problem={problem} onClose={onClose} />}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t("cancel")}
            </Button>
            <Button type="submit" loading={create.isPending}>
              {t("add.title")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

interface RefusedProps {
  readonly problem: ApiError["problem"];
  readonly onClose: () => void;
}

function Refused({ problem, onClose }: RefusedProps) {
  const { t } = useTranslation("contacts");
  const known = problem?.fields?.contact_id;
  return (
    <Text role="alert" c="var(--db-red)">
      {problem?.detail ?? t("failed")}{" "}
      {known !== undefined && (
        <Anchor component={Link} inherit to={`/contacts/${known}`} onClick={onClose}>
          {t("add.open")}
        </Anchor>
      )}
    </Text>
  );
}
