import { Group, Text, Tooltip } from "@mantine/core";
import type { TFunction } from "i18next";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { usePresence, type OtherHere } from "@/api/presence";
import type { Sequence } from "@/api/sequences";
import { useSession } from "@/api/session";
import type { FlowDocument } from "@/flow/document";
import { stepAt } from "@/flow/ways";
import { Avatar } from "@/ui/Avatar";
import type { News } from "../editor/copy";
import type { Editor } from "../editor/useDraft";
import { stepTitle } from "../stepWords";

const MOST_SHOWN = 3;
const SAID_FOR = 12_000;

interface TogetherProps {
  readonly sequence: Sequence;
  readonly editor: Editor;
}

/** Who else has this sequence open and at which step, and what they changed. */
export function Together({ sequence, editor }: TogetherProps) {
  const { t } = useTranslation("sequences");
  const chosen = stepAt(editor.document, useSearchParams()[0].get("step"));
  const { data } = usePresence(sequence.id, chosen?.key);
  const { store, document } = editor;
  const revision = data?.revision;
  useEffect(() => {
    if (revision !== undefined) void store.heard(revision).catch(() => undefined);
  }, [store, revision]);
  const others = data?.others ?? [];
  return (
    <Group gap="xs" wrap="nowrap" miw={0}>
      {others.length > 0 && (
        <Group gap={2} wrap="nowrap" role="list" aria-label={t("together.label")}>
          {others.slice(0, MOST_SHOWN).map((other) => (
            <Other key={other.id} other={other} document={document} alone={others.length === 1} />
          ))}
          {others.length > 1 && (
            <Text fz="xs" c="dimmed" visibleFrom="lg" style={{ whiteSpace: "nowrap" }}>
              {t("together.more", { count: others.length })}
            </Text>
          )}
        </Group>
      )}
      <NewsWords news={editor.copy.news} document={document} />
    </Group>
  );
}

interface OtherProps {
  readonly other: OtherHere;
  readonly document: FlowDocument;
  readonly alone: boolean;
}

function Other({ other, document, alone }: OtherProps) {
  const { t } = useTranslation("sequences");
  const step = stepAt(document, other.step);
  const words =
    step === undefined
      ? t("together.here", { name: other.name })
      : t("together.hereAt", { name: other.name, step: stepTitle(t, step, document) });
  return (
    <Tooltip label={words}>
      <Group gap={6} wrap="nowrap" role="listitem" aria-label={words} miw={0}>
        <Avatar name={other.name} size={22} />
        {alone && (
          <Text fz="xs" c="dimmed" truncate maw={180} visibleFrom="md">
            {words}
          </Text>
        )}
      </Group>
    </Tooltip>
  );
}

interface NewsWordsProps {
  readonly news: News | undefined;
  readonly document: FlowDocument;
}

/** What came in, for some seconds; a screen reader says it once. */
function NewsWords({ news, document }: NewsWordsProps) {
  const { t } = useTranslation("sequences");
  const me = useSession().data?.name;
  const [old, setOld] = useState<News>();
  useEffect(() => {
    const timer = setTimeout(() => {
      setOld(news);
    }, SAID_FOR);
    return () => {
      clearTimeout(timer);
    };
  }, [news]);
  return (
    <Text component="span" fz="xs" c="dimmed" truncate role="status" miw={0} maw={180}>
      {news !== undefined && news !== old && newsWords(t, news, document, me)}
    </Text>
  );
}

function newsWords(
  t: TFunction<"sequences">,
  news: News,
  document: FlowDocument,
  me: string | undefined,
): string {
  if (news.kind === "restored") return t("together.restored");
  const isMe = news.by !== undefined && news.by === me;
  const name = isMe ? t("together.you") : (news.by ?? t("conflict.somebody"));
  return t(`together.${news.kind}`, { name, steps: stepsWords(t, news.steps, document) });
}

function stepsWords(t: TFunction<"sequences">, steps: readonly string[], document: FlowDocument): string {
  const only = stepAt(document, steps[0] ?? null);
  if (steps.length === 0) return t("together.nothing");
  if (steps.length > 1 || only === undefined) return t("together.steps", { count: steps.length });
  return t("together.step", { step: stepTitle(t, only, document) });
}
