import { Checkbox, Group, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { NotifyStep } from "@/flow/document";
import { DEFAULTS } from "@/flow/fields";
import { recipientWords } from "../../stepWords";
import { ChipField } from "../../text/ChipField";
import { At } from "../At";
import type { FormProps } from "../FormProps";
import { useField } from "../useField";
import { MemberField } from "./MemberField";

const OWNERS = ["contact_owner", "sequence_owner", "workspace_owner"] as const;
const MEANS = ["in_app", "email", "sms"] as const;

/** Tell own people: whom, by what, and what. */
export function NotifyForm(props: FormProps) {
  const { t } = useTranslation("sequences");
  const change = useField<NotifyStep>(props);
  const { step, readOnly } = props;
  if (step.kind !== "notify") return null;
  const notice = { ...DEFAULTS.notify, ...step };
  const problems = props.problems(step.key);
  return (
    <Stack gap="md">
      <At place="to" problems={problems}>
        <MemberField
          label={t("notify.to")}
          roles={Object.fromEntries(OWNERS.map((owner) => [owner, recipientWords(t, owner)]))}
          value={notice.to}
          readOnly={readOnly}
          onChange={(to) => {
            change("to", to);
          }}
        />
      </At>
      <At place="by" problems={problems}>
        <Checkbox.Group
          label={t("notify.by")}
          value={[...notice.by]}
          onChange={(by) => {
            const chosen = MEANS.filter((means) => by.includes(means));
            if (chosen.length > 0) change("by", chosen);
          }}
        >
          <Group gap="md" mt={4}>
            {MEANS.map((means) => (
              <Checkbox
                key={means}
                value={means}
                label={t(`notify.${means}`)}
                // Notices by SMS are not sent yet; what a file says stays and can be taken out.
                disabled={readOnly || (means === "sms" && !notice.by.includes("sms"))}
                {...(means === "sms" && { description: t("notify.smsLacks") })}
              />
            ))}
          </Group>
        </Checkbox.Group>
      </At>
      <At place="text" problems={problems}>
        <ChipField
          label={t("notify.text")}
          value={notice.text}
          lines
          readOnly={readOnly}
          onChange={(text) => {
            change("text", text);
          }}
        />
      </At>
    </Stack>
  );
}
