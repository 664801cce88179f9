import { Button } from "@mantine/core";
import { IconChartHistogram } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Sequence } from "@/api/sequences";
import type { Editor } from "../editor/useDraft";

const SimulateDialog = lazy(async () => ({ default: (await import("./SimulateDialog")).SimulateDialog }));

interface SimulateButtonProps {
  readonly sequence: Sequence;
  readonly editor: Editor;
}

/** Opens the simulation, once what is edited is saved: it reads the working copy of the server. */
export function SimulateButton({ sequence, editor }: SimulateButtonProps) {
  const { t } = useTranslation("simulate");
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconChartHistogram size={16} stroke={1.75} />}
        onClick={() => {
          void editor.store.flush().then(() => {
            setOpen(true);
          });
        }}
      >
        {t("button")}
      </Button>
      {open && (
        <Suspense>
          <SimulateDialog
            sequence={sequence}
            hasChanged={editor.copy.saved.changed}
            onClose={() => {
              setOpen(false);
            }}
          />
        </Suspense>
      )}
    </>
  );
}
