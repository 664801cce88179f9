import { useDebouncedValue } from "@mantine/hooks";
import { useMatches } from "@/api/conditions";
import { ConditionBuilder } from "@/dialogs/condition/ConditionBuilder";
import type { Condition } from "@/flow/condition";
import { isConditionWhole } from "@/flow/trigger";
import { faultsAt, faultsBesideRules, type Faults } from "./faults";
import { Notes } from "./Notes";

interface ConditionFieldProps {
  readonly condition: Condition;
  /** Where it stands in the settings: `triggers.all`. */
  readonly place: string;
  readonly faults: Faults;
  readonly readOnly: boolean;
  readonly onChange: (condition: Condition) => void;
}

const TYPING = 400;

/** A condition of a rule, who fits it now, and what is wrong with it at its place. */
export function ConditionField({ condition, place, faults, readOnly, onChange }: ConditionFieldProps) {
  const [asked] = useDebouncedValue(condition, TYPING);
  const found = useMatches({ ...asked }, isConditionWhole(asked)).data?.problems ?? [];
  const live = Object.fromEntries(found.map(({ path, message }) => [`${place}.${path}`, message]));
  const all = { ...live, ...faults };
  return (
    <>
      <ConditionBuilder
        condition={condition}
        place={place}
        readOnly={readOnly}
        onChange={onChange}
        noteAt={(where) => <Notes sentences={faultsAt(all, where)} />}
      />
      <Notes sentences={faultsBesideRules(all, place, condition)} />
    </>
  );
}
