import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useEnrollOptions, useQuickEnroll } from "@/api/enroll";
import { failToast } from "@/ui/toasts";
import { useWords } from "@/ui/words/useWords";

const BEGUN: readonly string[] = ["enrolled", "waiting_for_review"];

/** Enroll in the default sequence with one click; nothing where there is none. */
export function QuickEnroll({ contactId }: { readonly contactId: number }) {
  const { t } = useTranslation("contacts");
  const { word } = useWords();
  const usual = useEnrollOptions(true).data?.sequences.find(({ is_default }) => is_default);
  const sequence = usual?.name ?? "";
  const enroll = useQuickEnroll({
    said: ({ code }) => (BEGUN.includes(code) ? t("quick.said", { sequence }) : ""),
  });
  if (usual === undefined) return null;
  return (
    <Button
      size="xs"
      variant="light"
      mb="sm"
      loading={enroll.isPending}
      title={t("quick.title", { sequence })}
      onClick={() => {
        enroll.mutate(contactId, {
          onSuccess: ({ code }) => {
            if (!BEGUN.includes(code)) failToast(word("enroll", code));
          },
        });
      }}
    >
      {t("quick.act", { sequence })}
    </Button>
  );
}
