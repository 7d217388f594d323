"""Two personas become one."""

from collections.abc import Iterable

from django.db.models import F
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from feedback.actions import begin_merge
from journeys.models import Journey, JourneyPersona, MetNeed
from measures.actions import give_measures
from personas.actions import archive_persona
from personas.models import Persona
from workspaces.actions import record, record_all
from workspaces.errors import Refused
from workspaces.live import announce
from workspaces.models import Actor, Job
from workspaces.transactions import retried


@retried
def merge_personas(persona: Persona, *, into: Persona, by: Actor) -> Job | None:
    """Let all that hangs on a persona hang on another of its workspace, and archive the first, which keeps its words.

    Maps, needs, rules, surveys and measures go at once; what customers told follows by a worker, whose job is returned
    (None where nothing was told). From then on what is told of the first is told of the other. Twice is harmless.
    Raises Refused for one with itself, and for an archived one as the other.
    """
    if persona.pk == into.pk:
        raise Refused(_("A persona cannot become part of itself."))
    both = Persona.objects.of(persona.workspace).filter(pk__in=[persona.pk, into.pk])
    held = {one.pk: one for one in both.select_for_update(no_key=True).order_by("pk")}
    was, there = held[persona.pk], held[into.pk]
    was.workspace = there.workspace = persona.workspace
    if there.archived_at:
        raise Refused(_("“%(name)s” is archived. Restore it first.") % {"name": there})
    _give_maps(was, there, by)
    give_measures(was, to=there, by=by)
    job = begin_merge(was, into=there, by=by)
    if not was.archived_at:
        archive_persona(was, by=by)
        record(was.workspace, "persona.merge", was, by=by)
    return job


def _give_maps(persona: Persona, to: Persona, by: Actor) -> None:
    """Journeys that are drawn for the one are drawn for the other, also archived ones, and its needs are the other's.

    A need that both have at a touchpoint stays as the other has it.
    """
    workspace = persona.workspace
    drawn, needs = JourneyPersona.objects.of(workspace), MetNeed.objects.of(workspace)
    theirs = {
        *drawn.filter(persona=persona).values_list("journey_id", flat=True),
        *needs.filter(persona=persona).values_list("journey_id", flat=True),
    }
    journeys = list(Journey.objects.of(workspace).filter(pk__in=theirs).select_for_update().order_by("pk"))
    already = drawn.filter(persona=to, journey__in=theirs).values_list("journey_id", flat=True)
    drawn.filter(persona=persona, journey__in=list(already)).delete()
    drawn.filter(persona=persona).update(persona=to)
    needs.filter(pk__in=_twice(needs.filter(persona__in=[persona, to]), persona)).delete()
    needs.filter(persona=persona).update(persona=to)
    changed = {"version": F("version") + 1, "revision": F("revision") + 1, "updated_at": Now()}
    Journey.objects.filter(pk__in=[journey.pk for journey in journeys]).update(**changed)
    record_all(workspace, "journey.edit", journeys, by=by)
    for journey in journeys:
        announce(workspace.pk, journey=journey.pk, revision=journey.revision + 1)


def _twice(needs: Iterable[MetNeed], persona: Persona) -> list[int]:
    """The ids of this persona's needs that the other has at the same touchpoint, too."""
    rows = list(needs)
    others = {(one.placement_id, one.need) for one in rows if one.persona_id != persona.pk}
    return [one.pk for one in rows if one.persona_id == persona.pk and (one.placement_id, one.need) in others]
