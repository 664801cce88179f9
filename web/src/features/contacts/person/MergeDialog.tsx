import { Button, Group, Modal, Radio, Select, Skeleton, Stack, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ContactDetail } from "@/api/contacts";
import { type Chosen, useDuplicates, useFound, useMerge, useMergePreview } from "@/api/persons";
import { Failed } from "./Failed";
import { MergePreview } from "./MergePreview";

interface MergeDialogProps {
  readonly contact: ContactDetail;
  readonly onClose: () => void;
}

/** Make another contact part of this one: which, whose values, and what happens with their sequences. */
export function MergeDialog({ contact, onClose }: MergeDialogProps) {
  const { t } = useTranslation("contacts");
  const [other, setOther] = useState<number>();
  const [choose, setChoose] = useState<Chosen>({});
  const preview = useMergePreview(contact.id, other);
  const merge = useMerge(contact.id, t("merge.said"));
  return (
    <Modal
      opened
      onClose={onClose}
      size={640}
      closeButtonProps={{ "aria-label": t("merge.cancel") }}
      title={
        <Text span fz="lg" fw={600}>
          {t("merge.title", { name: contact.name })}
        </Text>
      }
    >
      <Stack gap="md">
        <Text c="dimmed">{t("merge.text")}</Text>
        <Other
          contact={contact}
          other={other}
          onChange={(id) => {
            setOther(id);
            setChoose({});
          }}
        />
        {preview.isLoading && <Skeleton h={160} />}
        {preview.data && (
          <MergePreview contact={contact} preview={preview.data} choose={choose} onChoose={setChoose} />
        )}
        <Failed error={merge.error ?? preview.error} />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {t("merge.cancel")}
          </Button>
          <Button
            color="red"
            disabled={preview.data === undefined}
            loading={merge.isPending}
            onClick={() => {
              if (other !== undefined) merge.mutate({ other, choose }, { onSuccess: onClose });
            }}
          >
            {t("merge.confirm")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

interface OtherProps {
  readonly contact: ContactDetail;
  readonly other: number | undefined;
  readonly onChange: (id: number | undefined) => void;
}

const ALIKE = ["email", "phone", "name"] as const;
const TYPING = 300;

/** Who seems to be the same, or anybody by name. */
function Other({ contact, other, onChange }: OtherProps) {
  const { t } = useTranslation("contacts");
  const { data: alike } = useDuplicates(contact.id);
  const [typed, setTyped] = useState("");
  const [q] = useDebouncedValue(typed, TYPING);
  const found = (useFound(q).data ?? []).filter(({ id }) => id !== contact.id);
  if (alike === undefined) return <Skeleton h={60} />;
  const isAlike = alike.some((one) => one.contact.id === other);
  return (
    <>
      {alike.length === 0 ? (
        <Text>{t("merge.nobodyAlike")}</Text>
      ) : (
        <Radio.Group
          label={t("merge.alike")}
          value={isAlike ? String(other) : ""}
          onChange={(id) => {
            onChange(Number(id));
          }}
        >
          <Stack gap="xs" mt={6}>
            {alike.map(({ contact: { id, name, email, company }, alike: why }) => (
              <Radio
                key={id}
                value={String(id)}
                label={[name, email, company].filter((part) => part !== "").join(" · ")}
                description={t(`merge.why.${ALIKE.find((each) => each === why) ?? "name"}`)}
              />
            ))}
          </Stack>
        </Radio.Group>
      )}
      <Select
        label={t("merge.someoneElse")}
        placeholder={t("merge.search")}
        searchable
        clearable
        nothingFoundMessage={q.trim().length > 1 ? t("merge.nobody") : t("merge.search")}
        filter={({ options }) => options}
        data={found.map(({ id, name, email }) => ({ value: String(id), label: `${name} · ${email}` }))}
        value={other !== undefined && !isAlike ? String(other) : null}
        onSearchChange={setTyped}
        onChange={(id) => {
          onChange(id === null ? undefined : Number(id));
        }}
      />
    </>
  );
}
