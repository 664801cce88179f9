import { Button, Checkbox, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/api/client";
import { useMay } from "@/api/session";
import { useSaveRole } from "@/api/settings";
import { useWords } from "@/ui/words/useWords";
import { ACTS, RESOURCES, toggled } from "./rights";
import classes from "./Settings.module.css";

interface RoleDialogProps {
  /** null: a role that comes with drumbeat; undefined: a new one. */
  readonly id: number | null | undefined;
  readonly name: string;
  readonly rights: readonly string[];
  readonly onClose: () => void;
}

/** The rights of one role as a table of boxes. */
export function RoleDialog({ id, name, rights, onClose }: RoleDialogProps) {
  const { t } = useTranslation("settings");
  const { word } = useWords();
  const may = useMay();
  const save = useSaveRole();
  const [typed, setTyped] = useState(name);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(rights));
  const isOurs = id !== null && may("users.edit");
  const problem = save.error instanceof ApiError ? save.error.problem : undefined;
  const title = id === undefined ? t("roles.dialogNew") : t("roles.dialogEdit", { name: word("role", name) });
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size="lg"
      closeButtonProps={{ "aria-label": t("members.close") }}
    >
      <Stack gap="md">
        {id === null && <Text c="dimmed">{t("roles.builtIn")}</Text>}
        {id === undefined && (
          <TextInput
            label={t("roles.name")}
            value={typed}
            maxLength={40}
            data-autofocus
            onChange={(event) => {
              setTyped(event.currentTarget.value);
            }}
          />
        )}
        <Rights chosen={chosen} disabled={!isOurs} onChange={setChosen} />
        {problem && (
          <Text c="var(--db-red)" role="alert">
            {problem.detail}
          </Text>
        )}
        {isOurs && (
          <Group justify="space-between">
            <Text fz="xs" c="dimmed">
              {t("roles.effect")}
            </Text>
            <Button
              loading={save.isPending}
              disabled={typed.trim() === ""}
              onClick={() => {
                save.mutate({ id, name: typed, rights: [...chosen] }, { onSuccess: onClose });
              }}
            >
              {t("roles.save")}
            </Button>
          </Group>
        )}
      </Stack>
    </Modal>
  );
}

interface RightsProps {
  readonly chosen: ReadonlySet<string>;
  readonly disabled: boolean;
  readonly onChange: (rights: ReadonlySet<string>) => void;
}

function Rights({ chosen, disabled, onChange }: RightsProps) {
  const { t } = useTranslation("settings");
  return (
    <table className={classes.rights}>
      <thead>
        <tr>
          <td />
          {ACTS.map((act) => (
            <th key={act} scope="col">
              {t(`roles.act.${act}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {RESOURCES.map((resource) => (
          <tr key={resource}>
            <th scope="row">{t(`roles.resource.${resource}`)}</th>
            {ACTS.map((act) => (
              <td key={act}>
                <Checkbox
                  aria-label={t("roles.right", {
                    act: t(`roles.act.${act}`),
                    resource: t(`roles.resource.${resource}`),
                  })}
                  checked={chosen.has(`${resource}.${act}`)}
                  disabled={disabled}
                  onChange={() => {
                    onChange(toggled(chosen, resource, act));
                  }}
                />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
