import { Button, Group, Modal, SegmentedControl, Select, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/api/client";
import { type Unmatched, useAttachMail, useMakeContact } from "@/api/inboxMails";
import { useSearch } from "@/api/search";
import { useMay } from "@/api/session";

interface GiveDialogProps {
  readonly mail: Unmatched;
  readonly onClose: () => void;
}

/** Whose mail it is: a contact that is there, or a new one. */
export default function GiveDialog({ mail, onClose }: GiveDialogProps) {
  const { t } = useTranslation("inbox");
  const mayCreate = useMay()("contacts.create");
  const [mode, setMode] = useState<"known" | "made">("known");
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("give.title", { address: mail.from_address })}
      closeButtonProps={{ "aria-label": t("forward.cancel") }}
    >
      <Stack gap="sm">
        {mayCreate && (
          <SegmentedControl
            aria-label={t("give.act")}
            value={mode}
            data={[
              { value: "known", label: t("give.known") },
              { value: "made", label: t("give.made") },
            ]}
            onChange={setMode}
          />
        )}
        {mode === "known" ? <Known mail={mail} onClose={onClose} /> : <Made mail={mail} onClose={onClose} />}
      </Stack>
    </Modal>
  );
}

function Known({ mail, onClose }: GiveDialogProps) {
  const { t } = useTranslation("inbox");
  const [typed, setTyped] = useState("");
  const [chosen, setChosen] = useState<string | null>(null);
  const { data: found = [] } = useSearch(typed);
  const attach = useAttachMail(() => t("said.given"));
  const people = found.filter((one) => one.kind === "contact");
  return (
    <>
      <Select
        searchable
        label={t("give.who")}
        placeholder={t("search")}
        value={chosen}
        searchValue={typed}
        nothingFoundMessage={typed.trim().length > 1 ? t("give.nobody") : undefined}
        filter={({ options }) => options}
        data={people.map((one) => ({
          value: String(one.id),
          label: [one.name, one.about].filter(Boolean).join(", "),
        }))}
        onSearchChange={setTyped}
        onChange={setChosen}
        data-autofocus
      />
      <Text fz="xs" c="dimmed">
        {t("give.counts")}
      </Text>
      <Group justify="flex-end">
        <Button
          disabled={chosen === null}
          loading={attach.isPending}
          onClick={() => {
            attach.mutate({ messageId: mail.id, contactId: Number(chosen) }, { onSuccess: onClose });
          }}
        >
          {t("give.attach")}
        </Button>
      </Group>
    </>
  );
}

function Made({ mail, onClose }: GiveDialogProps) {
  const { t } = useTranslation("inbox");
  const [values, setValues] = useState({ first_name: "", last_name: "", company: "" });
  const make = useMakeContact(() => t("said.made"));
  const problem = make.error instanceof ApiError ? make.error.problem?.detail : undefined;
  return (
    <>
      {(["first_name", "last_name", "company"] as const).map((name) => (
        <TextInput
          key={name}
          label={t(`give.${name}`)}
          value={values[name]}
          maxLength={200}
          onChange={(event) => {
            setValues({ ...values, [name]: event.currentTarget.value });
          }}
        />
      ))}
      {problem !== undefined && <Text c="red">{problem}</Text>}
      <Group justify="flex-end">
        <Button
          loading={make.isPending}
          onClick={() => {
            make.mutate({ messageId: mail.id, ...values }, { onSuccess: onClose });
          }}
        >
          {t("give.make")}
        </Button>
      </Group>
    </>
  );
}
