import { Group } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useSession } from "@/api/session";
import { useColleagues, useTaskCounts, type Whose } from "@/api/tasks";
import { Chips } from "@/ui/Chips";
import { FilterBar } from "@/ui/FilterBar";
import { PickOne } from "@/ui/picks";

interface FiltersProps {
  readonly view: { readonly when: string; readonly who: string };
  readonly whose: Whose;
  readonly onView: (changed: { when?: string; who?: string }) => void;
}

/** Which tasks: by when they are due, and whose they are. */
export function Filters({ view, whose, onView }: FiltersProps) {
  const { t } = useTranslation("tasks");
  const { data: counts } = useTaskCounts(whose);
  return (
    <FilterBar
      right={
        <Who
          who={view.who}
          onWho={(who) => {
            onView({ who });
          }}
        />
      }
    >
      <Chips
        label={t("when.label")}
        value={view.when}
        onChange={(when) => {
          onView({ when });
        }}
        chips={[
          { value: "today", label: t("when.today"), count: counts?.today },
          { value: "overdue", label: t("when.overdue"), count: counts?.overdue },
          { value: "upcoming", label: t("when.upcoming"), count: counts?.upcoming },
          { value: "done", label: t("when.done") },
        ]}
      />
    </FilterBar>
  );
}

interface WhoProps {
  readonly who: string;
  readonly onWho: (who: string) => void;
}

/** Everyone's or one's own; a colleague's for whoever stands in for them. */
function Who({ who, onWho }: WhoProps) {
  const { t } = useTranslation("tasks");
  const me = useSession().data?.member_id;
  const others = useColleagues().filter(({ id }) => id !== me);
  return (
    <Group gap="sm" wrap="nowrap">
      <Chips
        label={t("who.label")}
        value={who}
        onChange={onWho}
        chips={[
          { value: "everyone", label: t("who.everyone") },
          { value: "mine", label: t("who.mine") },
        ]}
      />
      {others.length > 0 && (
        <PickOne
          label={t("who.of")}
          value={who}
          onChange={onWho}
          options={[
            { value: "everyone", label: t("who.of") },
            ...others.map(({ id, name }) => ({ value: String(id), label: name })),
          ]}
        />
      )}
    </Group>
  );
}
