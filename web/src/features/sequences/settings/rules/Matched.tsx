import { Button, Table, Text, Title } from "@mantine/core";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { useTriggerMatches } from "@/api/sequenceRules";
import type { Sequence } from "@/api/sequences";
import { EVENT_GROUPS, type TriggerEvent } from "@/flow/trigger";
import { Moment } from "@/ui/Moment";
import { PersonName } from "@/ui/PersonName";
import { useWords } from "@/ui/words/useWords";

const EVENTS: readonly string[] = Object.values(EVENT_GROUPS).flat();

/** Whom the triggers and criteria met last, and what came of it. */
export function Matched({ sequence }: { readonly sequence: Sequence }) {
  const { t } = useTranslation("sequences");
  const { word } = useWords();
  const { rows = [], hasMore, onMore, loading } = useTriggerMatches(sequence.id);
  const { triggers, auto_enroll } = sequence.settings;
  if (rows.length === 0 && triggers === null && !auto_enroll) return null;
  return (
    <section aria-label={t("matched.title")} style={{ borderTop: "1px solid var(--db-line)" }}>
      <Title order={3} mt="sm" mb={4}>
        {t("matched.title")}
      </Title>
      {rows.length === 0 ? (
        <Text c="dimmed" pb="sm">
          {t("matched.none")}
        </Text>
      ) : (
        <Table.ScrollContainer minWidth={520} scrollAreaProps={{ "aria-label": t("matched.title") }}>
          <Table verticalSpacing={8} highlightOnHover={false}>
            <Table.Thead>
              <Table.Tr>
                {(["contact", "why", "answer", "at"] as const).map((name) => (
                  <Table.Th key={name}>{t(`matched.${name}`)}</Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map(({ id, contact, kind, answer, at }) => (
                <Table.Tr key={id}>
                  <Table.Td>
                    <PersonName
                      name={contact.name || contact.email}
                      company={contact.company}
                      to={`/contacts/${contact.id}`}
                      avatar={false}
                    />
                  </Table.Td>
                  <Table.Td>{whyWords(t, kind)}</Table.Td>
                  <Table.Td>{word("enroll", answer)}</Table.Td>
                  <Table.Td>
                    <Moment at={at} />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {hasMore && (
        <Button size="xs" variant="subtle" loading={loading} onClick={onMore}>
          {t("matched.more")}
        </Button>
      )}
    </section>
  );
}

/** The kind of event that met them; a condition has none. */
function whyWords(t: TFunction<"sequences">, kind: string): string {
  if (EVENTS.includes(kind)) return t(`happening.${kind as TriggerEvent}`);
  return t(kind === "" ? "matched.condition" : "matched.criteria");
}
