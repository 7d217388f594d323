"""The row of an import: the job that holds its file, its mapping and how far it is."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from feedback.columns import ABOUT, Plan, Profile
from feedback.files import Unreadable, Why
from workspaces.errors import Refused
from workspaces.models import Job, JobState

IMPORT = "feedback.import_answers"  # the kind of these jobs: the name of their task
CHECK, STORE, UNDO = "check", "store", "undo"


def plan_of(job: Job) -> Plan:
    """Its mapping as it stands."""
    return Plan.from_json(job.payload.get("plan", {}))


def profiles_of(job: Job) -> list[Profile]:
    """What the columns of its file hold."""
    return [Profile.from_json(stored) for stored in job.payload.get("profiles", ())]


def unreadable(job: Job) -> Unreadable:
    """Why its file cannot be read as settled."""
    why, params = job.payload["unreadable"]
    return Unreadable(Why(why), **params)


def beginning(job: Job) -> str:
    """What its questions are about unless told otherwise, as ABOUT has it: where it began; empty for nowhere."""
    if touchpoint := job.payload["touchpoint"]:
        return f"{ABOUT.TOUCHPOINT}:{touchpoint}"
    return ABOUT.JOURNEY.value if job.payload["about"] else ""


def imported_before(job: Job) -> Job | None:
    """The import that brought the very same file and still stands."""
    same = Job.objects.of(job.workspace).filter(kind=IMPORT, state=JobState.DONE)
    earlier: Job | None = same.filter(payload__digest=job.payload.get("digest")).exclude(pk=job.pk).first()
    return earlier


def drafted(job: Job) -> Job:
    """Its row, locked, while its mapping can still be changed. Raises Refused when that is over."""
    return locked(job, [JobState.DRAFT], _("This import has begun; its mapping is settled."))


def locked(job: Job, states: Collection[JobState], message: str) -> Job:
    """Its row, locked. Raises Refused with the message when it is in none of these states."""
    current: Job = Job.objects.select_for_update(no_key=True).defer("upload").get(pk=job.pk)
    if current.state not in states:
        raise Refused(message)
    return current


def keep_plan(job: Job, plan: Plan) -> Job:
    """Store the mapping. What was checked with another one counts no more."""
    job.payload["plan"] = plan.as_json()
    job.payload.pop("checked", None)
    job.save(update_fields=["payload"])
    return job
