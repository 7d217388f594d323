"""Measures for a persona that becomes part of another are for that one."""

from django.db.models import F
from django.db.models.functions import Now

from measures.models import Measure, MeasurePersona
from personas.models import Persona
from workspaces.actions import record_all
from workspaces.models import Actor
from workspaces.transactions import retried


@retried
def give_measures(persona: Persona, *, to: Persona, by: Actor) -> int:
    """Let the measures for a persona, archived ones too, be for another; return how many that were.

    Those that were reviewed as well: whom they are for has another name, and their verdict stays.
    """
    ties = MeasurePersona.objects.of(persona.workspace)
    theirs = list(ties.filter(persona=persona).values_list("measure_id", flat=True))
    measures = list(Measure.objects.filter(pk__in=theirs).select_for_update(no_key=True).order_by("pk"))
    twice = ties.filter(persona=to, measure__in=theirs).values_list("measure_id", flat=True)
    ties.filter(persona=persona, measure__in=list(twice)).delete()
    ties.filter(persona=persona).update(persona=to)
    Measure.objects.filter(pk__in=theirs).update(version=F("version") + 1, updated_at=Now())
    record_all(persona.workspace, "measure.edit", measures, by=by)
    return len(measures)
