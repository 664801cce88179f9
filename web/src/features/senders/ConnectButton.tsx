import { Button } from "@mantine/core";
import { IconPlugConnected } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";

const ConnectDialog = lazy(async () => ({ default: (await import("./ConnectDialog")).ConnectDialog }));

/** Opens the way to a provider: an account that sends and is read without a password. */
export function ConnectButton() {
  const { t } = useTranslation("senders");
  const [asks, setAsks] = useState(false);
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconPlugConnected size={16} stroke={1.75} aria-hidden />}
        onClick={() => {
          setAsks(true);
        }}
      >
        {t("connect.open")}
      </Button>
      {asks && (
        <Suspense>
          <ConnectDialog
            onClose={() => {
              setAsks(false);
            }}
          />
        </Suspense>
      )}
    </>
  );
}
