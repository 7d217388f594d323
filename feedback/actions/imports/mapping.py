"""How a draft's file is read, and what its columns mean."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from feedback.actions.imports.draft import beginning, drafted, keep_plan, plan_of, profiles_of
from feedback.actions.imports.saved import adapted, fitting_mapping
from feedback.columns import VALUED, Column, Part, Plan, Profile, guess_plan, profile
from feedback.columns.guess import guess_blanks, key_of
from feedback.files import Settings, Table, Unreadable, read_table
from feedback.models import Mapping as SavedMapping
from personas.models import Persona
from touchpoints.models import Channel, Device, Touchpoint
from workspaces.actions import create_attribute
from workspaces.editing import refusal
from workspaces.errors import Refused
from workspaces.models import Attribute, Job, User, Workspace

LONGEST_NAME = 60  # of an attribute that is called like its column


@transaction.atomic
def read_differently(job: Job, settings: Settings) -> Job:
    """Read the file again, with another encoding, separator, sheet or header. What was mapped begins anew."""
    job = drafted(job)
    read_as(job, settings)
    job.save()
    return job


def read_as(job: Job, settings: Settings) -> None:
    """Read its file and guess a mapping, or note why it cannot be read. Saves nothing."""
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
    attributes = {key_of(word): one.key for one in _attributes(job.workspace) for word in (one.key, one.name)}
    plan = guess_plan(profiles, source, about=beginning(job), attributes=attributes)
    job.payload |= {"profiles": [found.as_json() for found in profiles], "rows": len(table.rows)}
    if (saved := fitting_mapping(job.workspace, table.columns)) is not None:
        plan = adapted(Plan.from_json(saved.columns), table.columns, source)
        job.payload["mapping"] = saved.name
    job.payload["plan"] = _with_all_values(job.workspace, plan, profiles).as_json()


@transaction.atomic
def map_columns(job: Job, names: Sequence[str], column: Column, *, guess_codes: bool = False) -> Job:
    """Let these columns play a part. `guess_codes`: find each column's codes for "no answer" by what it holds.

    A question about a touchpoint without a name is about one that is called like the column.
    """
    job = drafted(job)
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
    return keep_plan(job, plan)


@transaction.atomic
def map_to_own_attributes(job: Job, names: Sequence[str], *, by: User) -> Job:
    """Let each of these columns tell of an attribute that is called like it; one that is missing is made.

    Raises Refused when there are ten.
    """
    there = {key_of(one.name): one for one in _attributes(job.workspace)}
    for name in names:
        called = name[:LONGEST_NAME].strip()
        try:
            attribute = there.get(key_of(called)) or create_attribute(job.workspace, name=called, by=by)
        except IntegrityError as error:
            raise Refused(refusal(Attribute(), error)) from error
        there[key_of(called)] = attribute
        job = map_columns(job, [name], Column(part=Part.ATTRIBUTE, attribute=attribute.key))
    return job


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
    job = drafted(job)
    plan = replace(plan_of(job), **facts)
    columns = dict(plan.columns)
    for name, touchpoint in touchpoints.items():
        if name in columns and columns[name].touchpoint and touchpoint:
            columns[name] = replace(columns[name], about=f"touchpoint:{touchpoint}")
    for name, meanings in values.items():
        if name in columns:
            columns[name] = replace(columns[name], values={**columns[name].values, **meanings})
    return keep_plan(job, replace(plan, columns=columns, create=tuple(create)))


@transaction.atomic
def use_mapping(job: Job, saved: SavedMapping) -> Job:
    """Map the file as an earlier one."""
    job = drafted(job)
    profiles = profiles_of(job)
    plan = adapted(Plan.from_json(saved.columns), [found.name for found in profiles], plan_of(job).source)
    job.payload["mapping"] = saved.name
    return keep_plan(job, _with_all_values(job.workspace, plan, profiles))


def _attributes(workspace: Workspace) -> list[Attribute]:
    return list(Attribute.objects.of(workspace).kept())


def _with_all_values(workspace: Workspace, plan: Plan, profiles: Sequence[Profile]) -> Plan:
    for found in profiles:
        if found.name in plan.columns and plan.columns[found.name].part in VALUED:
            plan = _with_values(workspace, plan, found.name, found)
    return plan


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
