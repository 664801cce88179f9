import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useReviewCounts } from "@/api/reviews";
import { EmptyRoom } from "@/ui/EmptyRoom";
import { Room } from "@/ui/Room";
import { useUrlState } from "@/ui/useUrlState";
import { DEFAULTS } from "./view";
import { Filters } from "./Filters";
import { Reviews } from "./Reviews";

/** Who waits for a yes, over all sequences. */
export function Component() {
  const { t } = useTranslation("reviews");
  const { data: counts } = useReviewCounts();
  const [view, setView] = useUrlState(DEFAULTS);
  const sequenceId = view.sequence === "" ? undefined : Number(view.sequence);
  return (
    <Room title={t("title")} {...(counts && { meta: t("waiting", { count: counts.people }) })}>
      <Reviews
        sequenceId={sequenceId}
        view={view}
        onView={setView}
        filters={<Filters view={view} onView={setView} counts={counts} />}
        nobody={
          <EmptyRoom
            title={t("empty.title")}
            hint={t("empty.hint")}
            action={
              <Button component={Link} to="/sequences">
                {t("empty.action")}
              </Button>
            }
          />
        }
      />
    </Room>
  );
}
