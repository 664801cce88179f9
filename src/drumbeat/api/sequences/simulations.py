"""Simulating a sequence: few people at once, many as a job whose result is fetched."""

from __future__ import annotations

from ninja import Router, Status

from drumbeat.actions.sequences import simulation_jobs
from drumbeat.actions.sequences.cast import Whom
from drumbeat.actions.sequences.simulating import Asked
from drumbeat.api.auth import MemberRequest
from drumbeat.api.problems import REFUSALS, UNSEEN
from drumbeat.api.sequences.simulation_schemas import SimulationIn, SimulationOut, SimulationStateOut
from drumbeat.clock import SystemClock
from drumbeat.core.rehearsal import read_script
from drumbeat.models import Job

router = Router(tags=["sequences"])


@router.post(
    "/sequences/{int:sequence_id}/simulations",
    response={200: SimulationStateOut, 202: SimulationStateOut, **REFUSALS},
    operation_id="simulate_sequence",
)
def simulate_sequence(
    request: MemberRequest, sequence_id: int, body: SimulationIn
) -> Status[SimulationStateOut]:
    """Let people run through in virtual time from now on; nothing is sent or written.

    Up to 500 people are answered at once (200), up to 10,000 by a job (202).
    """
    asked = Asked(
        version=body.version,
        whom=Whom(
            people=body.people,
            list_id=body.list_id,
            segment_id=body.segment_id,
            contact_ids=body.contact_ids,
        ),
        days=body.days,
        script=read_script(body.script.model_dump()),
    )
    came = simulation_jobs.begin(request.member, sequence_id, asked, SystemClock().now())
    if isinstance(came, int):
        waiting = SimulationStateOut(job_id=came, state="waiting", percent=0, fault="", simulation=None)
        return Status(202, waiting)
    told = SimulationOut.model_validate(came.to_json())
    return Status(200, SimulationStateOut(job_id=None, state="done", percent=100, fault="", simulation=told))


@router.get(
    "/simulations/{int:job_id}", response={200: SimulationStateOut, **UNSEEN}, operation_id="get_simulation"
)
def get_simulation(request: MemberRequest, job_id: int) -> SimulationStateOut:
    """Tell how far a simulation is, and what came of it. Results are kept for a day."""
    return _state(simulation_jobs.find(request.member, job_id))


@router.delete("/simulations/{int:job_id}", response={204: None, **UNSEEN}, operation_id="cancel_simulation")
def cancel_simulation(request: MemberRequest, job_id: int) -> Status[None]:
    """End a simulation that is at work; one that has ended stays as it is."""
    simulation_jobs.cancel(request.member, job_id, SystemClock().now())
    return Status(204, None)


def _state(job: Job) -> SimulationStateOut:
    told = SimulationOut.model_validate(job.result) if job.state == "done" else None
    percent = round(100 * job.done / job.total) if job.total else 0
    return SimulationStateOut.model_validate(
        {"job_id": job.pk, "state": job.state, "percent": percent, "fault": job.fault, "simulation": told}
    )
