import { Anchor, Group, Skeleton, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { type EnrollmentDetail, useEnrollment } from "@/api/enrollments";
import { EmptyRoom } from "@/ui/EmptyRoom";
import { Moment } from "@/ui/Moment";
import { Panel } from "@/ui/Panel";
import { Room } from "@/ui/Room";
import { StateLabel } from "@/ui/StateLabel";
import { BeatStrip } from "@/ui/BeatStrip";
import classes from "./Enrollment.module.css";
import { Head } from "./Head";
import { Timeline } from "./Timeline";
import { WhyCard } from "./WhyCard";
import { useStepName } from "./words";

/** One person's way through one sequence. */
export function Component() {
  const { t } = useTranslation("enrollments");
  const id = Number(useParams().enrollmentId);
  const { data, error } = useEnrollment(id);
  if (data === undefined) {
    return (
      <Room title={t("title")}>
        {error === null ? (
          <Skeleton height={320} m="xl" />
        ) : (
          <EmptyRoom picture={null} title={t("missing.title")} hint={t("missing.hint")} />
        )}
      </Room>
    );
  }
  return <One key={id} enrollment={data} />;
}

function One({ enrollment }: { readonly enrollment: EnrollmentDetail }) {
  const { t } = useTranslation("enrollments");
  const { contact, sequence, sequence_id: sequenceId } = enrollment;
  return (
    <Room
      title={contact.name}
      within={{ to: `/sequences/${sequenceId}/enrollments`, title: sequence }}
      beside={<StateLabel pill state={enrollment.state} reason={enrollment.reason} />}
      meta={contact.company}
      actions={<Head enrollment={enrollment} />}
      padded
    >
      <div className={classes.columns}>
        <Panel title={t("timeline.title")}>
          <Timeline enrollment={enrollment} />
        </Panel>
        <Stack gap="lg">
          <Panel title={t("why.ask")}>
            <WhyCard id={enrollment.id} quiet />
          </Panel>
          <About enrollment={enrollment} />
        </Stack>
      </div>
    </Room>
  );
}

function About({ enrollment }: { readonly enrollment: EnrollmentDetail }) {
  const { t } = useTranslation("enrollments");
  const nameOf = useStepName();
  const { contact } = enrollment;
  return (
    <Panel
      title={enrollment.sequence}
      link={{ to: `/sequences/${enrollment.sequence_id}`, label: t("why.open") }}
    >
      <Stack gap="xs" pb="xs">
        <BeatStrip
          numbered
          label={enrollment.strip.map((mark) => nameOf(mark)).join(", ")}
          ended={enrollment.state === "finished"}
          marks={enrollment.strip.map((mark) => ({
            day: mark.day,
            kind: mark.kind,
            jobType: mark.job_type,
            state: mark.mark === "left_out" ? "ahead" : mark.mark,
          }))}
        />
        <Text c="dimmed">
          <Enrolled enrollment={enrollment} />
          {` · ${t("head.version", { version: enrollment.version })}`}
        </Text>
        {enrollment.finished_by !== "" && (
          <Text c="dimmed">{t("head.finishedBy", { name: enrollment.finished_by })}</Text>
        )}
        <Group gap="md">
          <Anchor component={Link} to={`/contacts/${contact.id}`} inherit fw={500} fz="sm">
            {t("head.contact")}
          </Anchor>
          <Anchor component={Link} to={`/inbox/${contact.id}`} inherit fw={500} fz="sm">
            {t("head.inbox")}
          </Anchor>
        </Group>
      </Stack>
    </Panel>
  );
}

function Enrolled({ enrollment }: { readonly enrollment: EnrollmentDetail }) {
  const { t } = useTranslation("enrollments");
  const [before, after = ""] = t(enrollment.enrolled_by === "" ? "head.enrolled" : "head.enrolledBy", {
    name: enrollment.enrolled_by,
    when: "|",
  }).split("|");
  return (
    <>
      {before}
      <Moment at={enrollment.created_at} />
      {after}
    </>
  );
}
