import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import type { FlowProblem } from "@/api/sequenceContent";
import type { Sequence } from "@/api/sequences";
import type { Loaded } from "../editor/copy";
import { ProblemLine } from "../editor/ProblemList";
import { useStepsView } from "../useStepsView";
import classes from "./Publish.module.css";

interface ProblemsProps {
  readonly sequence: Sequence;
  readonly saved: Loaded;
  readonly severity: FlowProblem["severity"];
  readonly onGo: () => void;
}

/** What is wrong, errors apart from warnings; each line closes the dialog and leads to the field of its step. */
export function Problems({ sequence: { id }, saved, severity, onGo }: ProblemsProps) {
  const { t } = useTranslation("sequences");
  const navigate = useNavigate();
  const [view] = useStepsView(id);
  const found = saved.problems.filter((problem) => problem.severity === severity);
  const title = t(severity === "error" ? "mend.first" : "mend.warnings", { count: found.length });
  if (found.length === 0) return null;
  return (
    <section className={classes.problems} aria-label={title}>
      <Text fw={600}>{title}</Text>
      {severity === "error" && <Text c="dimmed">{t("mend.hint")}</Text>}
      <ul>
        {found.map((problem) => (
          <li key={`${problem.code}${problem.path}`}>
            <ProblemLine
              problem={problem}
              document={saved.document}
              {...(problem.code === "empty_flow" && { room: `/sequences/${id}?view=${view}` })}
              onWalk={(key) => {
                onGo();
                void navigate({ pathname: `/sequences/${id}`, search: `?view=${view}&step=${key}` });
              }}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
