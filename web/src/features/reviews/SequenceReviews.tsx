import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { useSequence } from "@/api/sequences";
import { EmptyRoom } from "@/ui/EmptyRoom";
import { useUrlState } from "@/ui/useUrlState";
import { Filters } from "./Filters";
import { Reviews } from "./Reviews";
import { DEFAULTS } from "./view";

/** Who waits for a yes in one sequence: the tab of its page. */
export function Component() {
  const sequenceId = Number(useParams().sequenceId);
  const [view, setView] = useUrlState(DEFAULTS);
  return (
    <Reviews
      key={sequenceId}
      isTab
      sequenceId={sequenceId}
      view={view}
      onView={setView}
      filters={<Filters view={view} onView={setView} />}
      nobody={<Nobody sequenceId={sequenceId} />}
    />
  );
}

function Nobody({ sequenceId }: { readonly sequenceId: number }) {
  const { t } = useTranslation("reviews");
  const isOn = useSequence(sequenceId).data?.settings.review === true;
  return (
    <EmptyRoom
      title={t("empty.title")}
      hint={t(isOn ? "empty.on" : "empty.off")}
      action={
        isOn ? (
          <Button component={Link} to="/contacts">
            {t("empty.enroll")}
          </Button>
        ) : (
          <Button component={Link} to={`/sequences/${sequenceId}/settings`}>
            {t("empty.settings")}
          </Button>
        )
      }
    />
  );
}
