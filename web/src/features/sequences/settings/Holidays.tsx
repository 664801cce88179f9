import { Button, Group, MultiSelect, Pill, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCountries, useHolidays, type Country } from "@/api/sequenceRules";
import type { Sequence } from "@/api/sequences";
import { PickOne } from "@/ui/picks";
import { localeOf } from "@/ui/time";
import { nextFree } from "./freeDays";
import { Line } from "./Line";
import { faultsAt } from "./rules/faults";
import { Notes } from "./rules/Notes";
import { SaveBar } from "./rules/SaveBar";
import { type RuleDraft, useRuleDraft } from "./rules/useRuleDraft";

interface Free {
  readonly countries: readonly string[];
  readonly days: readonly string[];
}

interface HolidaysProps {
  readonly sequence: Sequence;
  readonly draft: RuleDraft<Free | null>;
  readonly readOnly: boolean;
}

const NOTHING_YET: Free = { countries: [], days: [] };

/** The free days of a sequence while they are written. */
export function useHolidayDraft(sequence: Sequence): RuleDraft<Free | null> {
  const { t } = useTranslation("sequences");
  return useRuleDraft<Free | null>({
    sequence,
    read: (settings) => settings.holidays,
    write: (free) => ({ holidays: freeDaysOf(free) }),
    said: (free) => t(free === null ? "holidays.gone" : "holidays.saved"),
    words: (free) => (free === null ? t("holidays.meansOff") : [...free.countries, ...free.days].join(", ")),
  });
}

/** Return free days as the API takes them. */
export function freeDaysOf(free: Free | null): Sequence["settings"]["holidays"] {
  return free === null ? null : { countries: [...free.countries], days: [...free.days] };
}

/** Whether it rests on public holidays, and on days of one's own. */
export function Holidays({ sequence, draft, readOnly }: HolidaysProps) {
  const { t } = useTranslation("sequences");
  const free = draft.value;
  return (
    <>
      <Line
        text={t("holidays.sentence")}
        means={t(free === null ? "holidays.meansOff" : "holidays.meansOn")}
        parts={{
          act: (
            <PickOne
              label={t("holidays.label")}
              disabled={readOnly}
              value={free === null ? "off" : "on"}
              options={[
                { value: "off", label: t("holidays.off") },
                { value: "on", label: t("holidays.on") },
              ]}
              onChange={(to) => {
                if (to === "on") draft.edit(NOTHING_YET);
                else if (sequence.settings.holidays === null) draft.discard();
                else draft.save(null);
              }}
            />
          ),
        }}
      />
      {free !== null && (
        <Stack gap="sm" pb="sm">
          <Countries
            chosen={free.countries}
            readOnly={readOnly}
            onChange={(countries) => {
              draft.edit({ ...free, countries });
            }}
          />
          <NextFree {...free} />
          <Days
            days={free.days}
            readOnly={readOnly}
            onChange={(days) => {
              draft.edit({ ...free, days });
            }}
          />
          <Notes sentences={faultsAt(draft.faults, "holidays")} />
        </Stack>
      )}
      <SaveBar draft={draft} isWhole={free === null || free.countries.length + free.days.length > 0} />
    </>
  );
}

interface CountriesProps {
  readonly chosen: readonly string[];
  readonly readOnly: boolean;
  readonly onChange: (countries: readonly string[]) => void;
}

function Countries({ chosen, readOnly, onChange }: CountriesProps) {
  const { t, i18n } = useTranslation("sequences");
  const countries = useCountries(true).data ?? [];
  const named = useNames(i18n.language, countries);
  const unknown = chosen.filter((code) => !named.some(({ value }) => value === code));
  return (
    <MultiSelect
      label={t("holidays.countries")}
      {...(chosen.length === 0 && { placeholder: t("holidays.choose") })}
      searchable
      disabled={readOnly}
      limit={60}
      maxDropdownHeight={280}
      data={[...unknown.map((code) => ({ value: code, label: code })), ...named]}
      value={[...chosen]}
      onChange={onChange}
    />
  );
}

/** Countries by their names in the reader's language, each followed by its parts. */
function useNames(language: string, countries: readonly Country[]) {
  const names = new Intl.DisplayNames([localeOf(language)], { type: "region", fallback: "none" });
  return countries
    .map((country) => ({ ...country, name: nameOf(names, country) }))
    .toSorted((one, other) => one.name.localeCompare(other.name, language))
    .flatMap(({ code, name, subdivisions }) => [
      { value: code, label: name },
      ...subdivisions.map((part) => ({
        value: `${code}-${part.code}`,
        label: `${name} · ${part.name || part.code}`,
      })),
    ]);
}

function nameOf(names: Intl.DisplayNames, { code, name }: Country): string {
  try {
    return names.of(code) ?? name;
  } catch {
    return name;
  }
}

/** The next days on which nothing leaves. */
function NextFree({ countries, days }: Free) {
  const { t, i18n } = useTranslation("sequences");
  const [today] = useState(() => new Date().toISOString().slice(0, 10));
  const year = Number(today.slice(0, 4));
  const [now, then] = [useHolidays(countries, year).data, useHolidays(countries, year + 1).data];
  const own = days.map((day) => ({ day, name: "" }));
  const coming = nextFree([...(now ?? []), ...(then ?? []), ...own], today);
  if (coming.length === 0) return null;
  const words = coming.map(({ day, name }) => {
    const written = dayWords(day, i18n.language);
    return name === "" ? written : `${written} (${name})`;
  });
  return (
    <Text fz="xs" c="dimmed">
      {t("holidays.next")} {words.join(", ")}
    </Text>
  );
}

interface DaysProps {
  readonly days: readonly string[];
  readonly readOnly: boolean;
  readonly onChange: (days: readonly string[]) => void;
}

function Days({ days, readOnly, onChange }: DaysProps) {
  const { t, i18n } = useTranslation("sequences");
  const [day, setDay] = useState("");
  return (
    <div>
      <Group gap="sm" align="flex-end">
        <TextInput
          type="date"
          label={t("holidays.days")}
          disabled={readOnly}
          value={day}
          onChange={(event) => {
            setDay(event.currentTarget.value);
          }}
        />
        <Button
          variant="default"
          disabled={readOnly || day === "" || days.includes(day)}
          onClick={() => {
            onChange([...days, day].toSorted());
            setDay("");
          }}
        >
          {t("holidays.addDay")}
        </Button>
      </Group>
      {days.length > 0 && (
        <Group gap={6} mt={8}>
          {days.map((each) => (
            <Pill
              key={each}
              withRemoveButton={!readOnly}
              removeButtonProps={{
                "aria-label": t("holidays.removeDay", { day: dayWords(each, i18n.language) }),
                tabIndex: 0,
                "aria-hidden": false,
              }}
              onRemove={() => {
                onChange(days.filter((other) => other !== each));
              }}
            >
              {dayWords(each, i18n.language)}
            </Pill>
          ))}
        </Group>
      )}
    </div>
  );
}

function dayWords(day: string, language: string): string {
  return new Intl.DateTimeFormat(localeOf(language), { dateStyle: "medium", timeZone: "UTC" }).format(
    new Date(`${day}T00:00:00Z`),
  );
}
