import { Button, Group, Modal, Progress, Text } from "@mantine/core";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Sequence } from "@/api/sequences";
import { useMay } from "@/api/session";
import { useCrowds, useSimulation, type Simulating, type SimulationState } from "@/api/simulations";
import { problemText } from "../problemText";
import { Assumptions } from "./Assumptions";
import { askedOf, type Choices, USUAL } from "./choices";
import { Outcome } from "./Outcome";

interface SimulateDialogProps {
  readonly sequence: Sequence;
  readonly hasChanged: boolean;
  readonly onClose: () => void;
}

/** Choose whom and what is assumed, simulate, read what would happen. */
export function SimulateDialog({ sequence, hasChanged, onClose }: SimulateDialogProps) {
  const { t } = useTranslation("simulate");
  const may = useMay();
  const crowds = useCrowds(may("contacts.view"));
  const number = sequence.version?.number;
  const version = number === undefined || hasChanged ? "draft" : "";
  const [choices, setChoices] = useState<Choices>({ ...USUAL, version });
  const simulating = useSimulation(sequence.id);
  return (
    <Modal
      opened
      size={760}
      onClose={onClose}
      title={t("title", { name: sequence.name })}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <Text c="dimmed" mb="sm">
        {t("intro")}
      </Text>
      <Assumptions {...{ choices, number, crowds }} onChange={setChoices} />
      <Group mt="sm" mb="md">
        <Button
          data-autofocus
          loading={simulating.busy}
          onClick={() => {
            simulating.ask(askedOf(choices));
          }}
        >
          {t(simulating.state === undefined ? "run" : "again")}
        </Button>
        {simulating.busy && simulating.state?.job_id != null && (
          <Button variant="subtle" color="gray" onClick={simulating.cancel}>
            {t("cancel")}
          </Button>
        )}
      </Group>
      <Told simulating={simulating} />
    </Modal>
  );
}

/** How far it is, what came of it, or why nothing did. */
function Told({ simulating: { state, busy, failed } }: { readonly simulating: Simulating }) {
  const { t } = useTranslation("sequences");
  if (failed !== undefined) return <Fault>{problemText(t, failed)}</Fault>;
  if (busy) return <Running percent={state?.percent ?? 0} />;
  return state && <Ended state={state} />;
}

function Running({ percent }: { readonly percent: number }) {
  const { t } = useTranslation("simulate");
  return <Progress value={percent} aria-label={t("busy", { percent })} animated />;
}

function Ended({ state: { state, fault, simulation } }: { readonly state: SimulationState }) {
  const { t } = useTranslation("simulate");
  if (state === "failed") return <Fault>{t("failed", { fault })}</Fault>;
  if (state === "cancelled") return <Text role="status">{t("cancelled")}</Text>;
  return simulation != null && <Outcome simulation={simulation} />;
}

function Fault({ children }: { readonly children: ReactNode }) {
  return (
    <Text c="red" role="alert">
      {children}
    </Text>
  );
}
