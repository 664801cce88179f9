import { Button } from "@mantine/core";
import { IconEye, IconSend } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { InspectorProps } from "./Inspector";
import { PreviewDialog } from "./PreviewDialog";
import { TestDialog } from "./TestDialog";

/** See the mail as somebody would read it, or send it to oneself. */
export function Trial(props: InspectorProps) {
  const { t } = useTranslation("sequences");
  const [shown, setShown] = useState<"preview" | "test">();
  const close = () => {
    setShown(undefined);
  };
  return (
    <>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconEye size={14} />}
        onClick={() => {
          setShown("preview");
        }}
      >
        {t("trial.preview")}
      </Button>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconSend size={14} />}
        onClick={() => {
          setShown("test");
        }}
      >
        {t("trial.test")}
      </Button>
      {shown === "preview" && <PreviewDialog {...props} onClose={close} />}
      {shown === "test" && <TestDialog {...props} onClose={close} />}
    </>
  );
}
