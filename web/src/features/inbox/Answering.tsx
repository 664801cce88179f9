import { Group, SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "@/api/session";
import { type TextWay, useTextWays } from "@/api/texting";
import { useNow } from "@/ui/useNow";
import { Composer, type ComposerProps } from "./Composer";
import classes from "./Inbox.module.css";
import { TemplateComposer } from "./TemplateComposer";
import { TextComposer } from "./TextComposer";

/** An answer by the way that the last message came, or by another that reaches the person. */
export function Answering(props: ComposerProps) {
  const { t } = useTranslation("inbox");
  const { thread } = props;
  const may = useMay()("contacts.edit");
  const { data: ways = [] } = useTextWays(thread.contact.id);
  const [chosen, choose] = useState<string>();
  const usual = useUsual(thread.messages.at(-1)?.channel, isBegun(props.draft));
  const open = ways.filter((one) => one.unreachable === "" && one.sender_id !== null);
  if (!may || open.length === 0) return <Composer {...props} />;
  const way = open.find((one) => one.channel === (chosen ?? usual));
  return (
    <>
      <Group gap="xs" className={classes.ways}>
        <SegmentedControl
          size="xs"
          aria-label={t("texting.by")}
          value={way?.channel ?? "email"}
          onChange={choose}
          data={[
            { value: "email", label: t("texting.email") },
            ...open.map(({ channel }) => ({ value: channel, label: t(`texting.${channel}`) })),
          ]}
        />
      </Group>
      {way === undefined ? <Composer {...props} /> : <InTime way={way} {...props} />}
    </>
  );
}

/** The way of the last message; while something is being written, of the one that was last when it was begun. */
function useUsual(last: string | undefined, isHeld: boolean): string | undefined {
  const [usual, setUsual] = useState(last);
  if (!isHeld && usual !== last) setUsual(last);
  return isHeld ? usual : last;
}

function isBegun({ text, files }: ComposerProps["draft"]): boolean {
  return text.trim() !== "" || files.length > 0;
}

const MINUTE = 60_000;

/** WhatsApp takes any text only for a while after the last one of theirs, and then a template. */
function InTime(props: ComposerProps & { readonly way: TextWay }) {
  const { channel, free_until: until } = props.way;
  const now = useNow(MINUTE);
  if (channel === "whatsapp" && (until === null || Date.parse(until) <= now)) {
    return <TemplateComposer {...props} />;
  }
  return <TextComposer {...props} />;
}
