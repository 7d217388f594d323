"""What people do with an import, from the upload to taking it back. Workers do the rest (`importing`)."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from feedback.columns import VALUED, Column, Part, Plan, Profile, guess_plan, profile
from feedback.columns.guess import guess_blanks, key_of
from feedback.files import Settings, Table, Unreadable, Why, read_table, sniff
from feedback.models import Mapping as SavedMapping
from personas.models import Persona
from touchpoints.models import Channel, Device, Subject, Touchpoint
from workspaces import jobs
from workspaces.actions import record
from workspaces.errors import Refused
from workspaces.models import Job, JobState, User, Workspace

IMPORT = "feedback.import_answers"  # the kind of these jobs: the name of their task
CHECK, STORE, UNDO = "check", "store", "undo"
FITS = 0.8  # a saved mapping is used on its own when so much of it is found in a file


class Upload(NamedTuple):
    """A file as it came."""

    name: str
    content: bytes


@transaction.atomic
def begin_import(workspace: Workspace, upload: Upload, *, key: str, about: Subject | None = None, by: User) -> Job:
    """A draft of an import: the file, how it seems to be written, and what its columns seem to mean.

    `key`: the form's own; sent twice it is one draft. `about`: the journey at which the import began. Raises
    Unreadable for what is no table at all; how a text is cut into cells can be corrected in the draft.
    """
    settings = sniff(upload.content)
    job, created = Job.objects.get_or_create(
        workspace=workspace,
        kind=IMPORT,
        key=key,
        defaults={
            "state": JobState.DRAFT,
            "upload": upload.content,
            "upload_name": upload.name[:200],
            "created_by": by,
        },
    )
    if not created:
        return job
    digest = hashlib.sha256(upload.content).hexdigest()
    job.payload = {"digest": digest, "about": about.pk if about else None, "leave_out": False}
    _read_as(job, settings)
    if "profiles" not in job.payload and settings.kind == "xlsx":
        raise unreadable(job)
    job.save()
    record(workspace, "import.begin", job, by=by)
    return job


def unreadable(job: Job) -> Unreadable:
    """Why its file cannot be read as settled."""
    why, params = job.payload["unreadable"]
    return Unreadable(Why(why), **params)


@transaction.atomic
def read_differently(job: Job, settings: Settings) -> Job:
    """Read the file again, with another encoding, separator, sheet or header. What was mapped begins anew."""
    job = _draft(job)
    _read_as(job, settings)
    job.save()
    return job


def _read_as(job: Job, settings: Settings) -> None:
    for outdated in ("profiles", "plan", "rows", "unreadable", "checked", "mapping"):
        job.payload.pop(outdated, None)
    job.payload["settings"] = settings.as_json()
    try:
        table = read_table(bytes(job.upload or b""), settings)
    except Unreadable as fault:
        job.payload["unreadable"] = [fault.why.value, fault.params]
        return
    _plan_for(job, table)


def _plan_for(job: Job, table: Table) -> None:
    """Guess a mapping, or take a saved one that fits."""
    profiles = profile(table)
    source = PurePath(job.upload_name).stem[:80] or _("Import")
    plan = guess_plan(profiles, source)
    job.payload |= {"profiles": [found.as_json() for found in profiles], "rows": len(table.rows)}
    if (saved := fitting_mapping(job.workspace, table.columns)) is not None:
        plan = adapted(Plan.from_json(saved.columns), table.columns, source)
        job.payload["mapping"] = saved.name
    for name, column in plan.columns.items():
        if column.part in VALUED:
            plan = _with_values(job.workspace, plan, name, next(p for p in profiles if p.name == name))
    job.payload["plan"] = plan.as_json()


def fitting_mapping(workspace: Workspace, columns: Sequence[str]) -> SavedMapping | None:
    """The newest saved mapping whose columns are nearly all in the file."""
    here = {key_of(name) for name in columns}
    for saved in SavedMapping.objects.of(workspace).order_by("-updated_at", "-pk"):
        wanted = [key_of(name) for name in saved.columns.get("columns", {})]
        if wanted and sum(name in here for name in wanted) >= FITS * len(wanted):
            found: SavedMapping = saved
            return found
    return None


def adapted(plan: Plan, columns: Sequence[str], source: str) -> Plan:
    """A saved mapping for a file with these columns: names may differ in case and signs."""
    here = {key_of(name): name for name in reversed(columns)}
    kept = {here[key_of(name)]: column for name, column in plan.columns.items() if key_of(name) in here}
    return replace(plan, columns=kept, source=plan.source or source, create=())


def profiles_of(job: Job) -> list[Profile]:
    """What the columns of its file hold."""
    return [Profile.from_json(stored) for stored in job.payload.get("profiles", ())]


def plan_of(job: Job) -> Plan:
    """Its mapping as it stands."""
    return Plan.from_json(job.payload.get("plan", {}))


@transaction.atomic
def map_columns(job: Job, names: Sequence[str], column: Column, *, guess_codes: bool = False) -> Job:
    """Let these columns play a part. `guess_codes`: find each column's codes for "no answer" by what it holds.

    A question about a touchpoint without a name is about one that is called like the column.
    """
    job = _draft(job)
    plan = plan_of(job)
    found = {known.name: known for known in profiles_of(job)}
    for name in names:
        if name not in found:
            continue
        played = column
        if column.about == "touchpoint:":
            played = replace(played, about=f"touchpoint:{name}")
        if guess_codes and (scale := column.declared_scale):
            played = replace(played, blanks=guess_blanks(found[name], scale))
        plan = plan.with_columns([name], played)
        if played.part in VALUED:
            plan = _with_values(job.workspace, plan, name, found[name])
    return _keep(job, plan)


def _with_values(workspace: Workspace, plan: Plan, name: str, found: Profile) -> Plan:
    """With a meaning for each value of a column, where names agree; touchpoints are called as the file calls them."""
    if found.many:
        return plan
    column = plan.columns[name]
    names = _names_for(workspace, Part(column.part))
    values = {
        value: column.values.get(value, names.get(key_of(value), value if column.part == Part.TOUCHPOINT else ""))
        for value, _times in found.values
    }
    return replace(plan, columns={**plan.columns, name: replace(column, values=values)})


def _names_for(workspace: Workspace, part: Part) -> dict[str, str]:
    """What can be meant by a part's values, by names as they are compared."""
    if part is Part.DEVICE:
        return {key_of(word): value for value, label in Device.choices for word in (value, str(label))}
    model = {Part.PERSONA: Persona, Part.CHANNEL: Channel, Part.TOUCHPOINT: Touchpoint}[part]
    names = model.objects.of(workspace).kept().values_list("name", flat=True)
    return {key_of(name): name for name in names}


@transaction.atomic
def settle(
    job: Job,
    *,
    facts: Mapping[str, Any],
    touchpoints: Mapping[str, str],
    values: Mapping[str, Mapping[str, str]],
    create: Sequence[str],
) -> Job:
    """Settle what holds for all rows (`facts`), what each question is about, what values mean, what may be made."""
    job = _draft(job)
    plan = replace(plan_of(job), **facts)
    columns = dict(plan.columns)
    for name, touchpoint in touchpoints.items():
        if name in columns and columns[name].touchpoint and touchpoint:
            columns[name] = replace(columns[name], about=f"touchpoint:{touchpoint}")
    for name, meanings in values.items():
        if name in columns:
            columns[name] = replace(columns[name], values={**columns[name].values, **meanings})
    return _keep(job, replace(plan, columns=columns, create=tuple(create)))


def _keep(job: Job, plan: Plan) -> Job:
    job.payload["plan"] = plan.as_json()
    job.payload.pop("checked", None)
    job.save(update_fields=["payload"])
    return job


@transaction.atomic
def use_mapping(job: Job, saved: SavedMapping) -> Job:
    """Map the file as an earlier one."""
    job = _draft(job)
    names = [found.name for found in profiles_of(job)]
    plan = adapted(Plan.from_json(saved.columns), names, plan_of(job).source)
    for found in profiles_of(job):
        if plan.columns.get(found.name, Column()).part in VALUED:
            plan = _with_values(job.workspace, plan, found.name, found)
    job.payload["mapping"] = saved.name
    return _keep(job, plan)


@transaction.atomic
def save_mapping(job: Job, name: str, *, by: User) -> SavedMapping:
    """Keep the mapping under a name, in place of the one that had it."""
    plan = replace(plan_of(job), day="", month="", create=())
    saved: SavedMapping
    saved, _created = SavedMapping.objects.update_or_create(
        workspace=job.workspace, name=name, defaults={"columns": plan.as_json()}
    )
    record(job.workspace, "mapping.save", saved, by=by)
    return saved


@transaction.atomic
def delete_mapping(saved: SavedMapping, *, by: User) -> None:
    """Forget a saved mapping. Imports that used it keep theirs."""
    record(saved.workspace, "mapping.delete", saved, by=by)
    saved.delete()


@transaction.atomic
def check_import(job: Job, *, by: User) -> Job:
    """Let a worker try all rows. Nothing is stored."""
    job = _draft(job)
    if job.payload.get("unreadable") or plan_of(job).faults():
        raise Refused(_("The mapping is not complete."))
    job.payload.pop("checked", None)
    return _start(job, CHECK, by)


def settle_and_check(job: Job, *, by: User, **chosen: Any) -> Job:
    """What is settled is kept even where something is missing for the check. Raises Refused then."""
    settle(job, **chosen)
    return check_import(job, by=by)


@transaction.atomic
def store_import(job: Job, *, leave_out: bool = False, by: User) -> Job:
    """Let a worker store the answers, in one transaction: all or none, or with `leave_out` all but the refused."""
    job = _draft(job)
    checked = job.payload.get("checked")
    if not checked:
        raise Refused(_("The file has not been checked as it is mapped now."))
    if checked["refused"] and not leave_out:
        raise Refused(_("Some rows cannot be stored. Nothing was imported."))
    job.payload["leave_out"] = leave_out
    record(job.workspace, "import.store", job, by=by)
    return _start(job, STORE, by)


@transaction.atomic
def take_back(job: Job, *, by: User) -> Job:
    """Let a worker delete what the import brought."""
    job = _locked(job, JobState.DONE, _("Only an import that is done can be taken back."))
    return _start(job, UNDO, by)


def _start(job: Job, stage: str, by: User) -> Job:
    job.payload |= {"stage": stage, "asked_by": by.pk}
    jobs.start(job)
    return job


@transaction.atomic
def cancel_import(job: Job) -> Job:
    """Ask the worker to stop. What it has not finished is not stored."""
    waiting = {JobState.WAITING, JobState.RUNNING}
    current: Job = Job.objects.select_for_update(no_key=True).defer("upload").get(pk=job.pk)
    if current.state in waiting and current.payload.get("stage") != UNDO:
        Job.objects.filter(pk=job.pk).update(cancel_asked=True)
    return current


@transaction.atomic
def reopen_import(job: Job) -> Job:
    """Go back to the mapping of an import that failed or was cancelled."""
    job = _locked(job, (JobState.FAILED, JobState.CANCELLED), _("This import cannot be continued."))
    job.state, job.error, job.cancel_asked = JobState.DRAFT, "", False
    job.save(update_fields=["state", "error", "cancel_asked"])
    return job


@transaction.atomic
def discard_import(job: Job, *, by: User) -> None:
    """Throw away a draft, with its file."""
    states = (JobState.DRAFT, JobState.FAILED, JobState.CANCELLED)
    job = _locked(job, states, _("Only a draft can be discarded."))
    record(job.workspace, "import.discard", job, by=by)
    job.delete()


def imported_before(job: Job) -> Job | None:
    """The import that brought the very same file and still stands."""
    same = Job.objects.of(job.workspace).filter(kind=IMPORT, state=JobState.DONE)
    earlier: Job | None = same.filter(payload__digest=job.payload.get("digest")).exclude(pk=job.pk).first()
    return earlier


def _draft(job: Job) -> Job:
    return _locked(job, JobState.DRAFT, _("This import has begun; its mapping is settled."))


def _locked(job: Job, states: Any, message: str) -> Job:
    current: Job = Job.objects.select_for_update(no_key=True).defer("upload").get(pk=job.pk)
    if current.state not in ({states} if isinstance(states, str) else set(states)):
        raise Refused(message)
    return current
