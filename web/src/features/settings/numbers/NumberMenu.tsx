import { ActionIcon, Button, Group, Menu, Modal, Stack, Text, TextInput } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type PhoneNumber, useRemoveNumber, useSwitchNumber, useTestText } from "@/api/numbers";
import { useTestMail } from "@/api/senders";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { useWords } from "@/ui/words/useWords";
import { Failed } from "./Failed";
import { NumberDialog } from "./NumberDialog";

interface NumberProps {
  readonly number: PhoneNumber;
}

type Asks = "edit" | "test" | "remove";

/** What can be done with a number. */
export function NumberMenu({ number }: NumberProps) {
  const { t } = useTranslation("settings");
  const [asks, setAsks] = useState<Asks>();
  const turn = useSwitchNumber(({ on }) => t(on ? "numbers.enabled" : "numbers.disabled"));
  const remove = useRemoveNumber(t("numbers.removed"));
  const close = () => {
    setAsks(undefined);
  };
  const asking = (what: Asks) => () => {
    setAsks(what);
  };
  return (
    <>
      <Menu position="bottom-end" width={200}>
        <Menu.Target>
          <ActionIcon size="sm" aria-label={t("numbers.more", { number: number.number })}>
            <IconDots size={16} stroke={1.75} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={asking("edit")}>{t("numbers.edit")}</Menu.Item>
          {number.channel !== "voice" && <Menu.Item onClick={asking("test")}>{t("numbers.test")}</Menu.Item>}
          <Menu.Item
            onClick={() => {
              turn.mutate({ id: number.id, on: !number.enabled });
            }}
          >
            {t(number.enabled ? "numbers.disable" : "numbers.enable")}
          </Menu.Item>
          <Menu.Item color="red" onClick={asking("remove")}>
            {t("numbers.remove")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {asks === "edit" && <NumberDialog number={number} onClose={close} />}
      {asks === "test" && <TestText number={number} onClose={close} />}
      <ConfirmDialog
        opened={asks === "remove"}
        onClose={close}
        danger
        title={t("numbers.removeTitle", { number: number.number })}
        confirm={t("numbers.removeAct")}
        busy={remove.isPending}
        onConfirm={() => {
          remove.mutate(number.id, { onSettled: close });
        }}
      >
        {t("numbers.removeText")}
      </ConfirmDialog>
    </>
  );
}

function TestText({ number, onClose }: NumberProps & { readonly onClose: () => void }) {
  const { t } = useTranslation("settings");
  const { word } = useWords();
  const [to, setTo] = useState("");
  const test = useTestText(number.id);
  const { data: stands = test.data } = useTestMail(test.data?.id);
  return (
    <Modal
      opened
      onClose={onClose}
      size={480}
      title={t("numbers.testTitle", { number: number.number })}
      closeButtonProps={{ "aria-label": t("numbers.cancel") }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          test.mutate(to);
        }}
      >
        <Stack gap="md">
          <TextInput
            data-autofocus
            required
            type="tel"
            label={t("numbers.testTo")}
            placeholder="+4930901820"
            value={to}
            onChange={(event) => {
              setTo(event.currentTarget.value);
            }}
          />
          {stands !== undefined && (
            <Text role="status">
              {t("numbers.testStands", { status: word("touch", stands.status) })}
              {stands.hold !== "" && `, ${word("hold", stands.hold)}`}
              {stands.reason !== "" && `, ${word("failure", stands.reason)}`}
            </Text>
          )}
          <Failed error={test.error} />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t("numbers.cancel")}
            </Button>
            <Button type="submit" disabled={to.trim() === ""} loading={test.isPending}>
              {t("numbers.testAct")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
