"""A persona's sheet on paper: plain data for `templates/paper/persona.typ`, in the reader's words."""

import re
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from journeys.paper import Printed, Told, document
from personas.lists import NoteList, lists_of, of_kinds
from personas.models import QUADRANTS, Grade, NoteKind, Persona, Portrait
from personas.templatetags.portraits import PARTS
from workspaces import clock
from workspaces.money import money
from workspaces.paper import pdf_of


def persona_pdf_of(persona: Persona) -> bytes:
    """A persona's sheet, to be printed, with the address and the day of printing at its foot."""
    address = f"{settings.SITE_URL}{reverse('persona', args=[persona.workspace.slug, persona.pk])}"
    return pdf_of("persona", persona_on_paper(persona, Printed(address, clock.today(persona.workspace.zone))))


def persona_on_paper(persona: Persona, printed: Printed) -> Told:
    """What the sheet says of a persona."""
    lists = lists_of(persona)
    return {
        **document(persona.workspace, persona.name, printed),
        "portrait": _drawn(persona),
        "segment": persona.segment,
        "quote": persona.quote,
        "facts": [{"label": label, "told": told} for label, told in _facts(persona) if told],
        "beside": _told(of_kinds(lists, [NoteKind.GOAL, NoteKind.CHANNEL])),
        "quadrants": _told(of_kinds(lists, QUADRANTS)),
        "below": _told(
            of_kinds(lists, [NoteKind.PAIN, NoteKind.GAIN, NoteKind.NEED, NoteKind.FRUSTRATION, NoteKind.PROBLEM])
        ),
        "grades": [{"grade": str(grade), "word": str(grade.label)} for grade in Grade],
        "words": {"nothing": _("Nothing yet"), "evidence": _("Evidence")},
    }


def _drawn(persona: Persona) -> str:
    parts = PARTS[Portrait(persona.portrait)] if persona.portrait else None
    drawing = render_to_string("personas/_portrait.html", {"persona": persona, "parts": parts})
    return re.sub(r"^.*?<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', drawing.strip(), flags=re.DOTALL)


def _facts(persona: Persona) -> list[tuple[str, str]]:
    share = "" if persona.share is None else _("%(share)s%% of customers") % {"share": persona.share}
    value = "" if persona.value is None else money(persona.value, persona.workspace)
    reviewed = date_format(persona.reviewed_on, "SHORT_DATE_FORMAT") if persona.reviewed_on else ""
    due = date_format(persona.review_date, "SHORT_DATE_FORMAT") if persona.review_date else ""
    return [
        (_("Age"), "" if persona.age is None else str(persona.age)),
        (_("Household"), persona.household),
        (_("Work"), persona.job),
        (_("Share"), share),
        (_("Value"), value),
        (_("Evidence"), str(persona.get_evidence_display())),
        (_("Interviews"), str(persona.interviews) if persona.interviews else ""),
        (_("Reviewed"), reviewed),
        (_("Next review"), due),
    ]


def _told(lists: Iterable[NoteList]) -> list[dict[str, Any]]:
    return [
        {
            "name": str(one.kind.label),
            "serif": one.in_serif,
            "notes": [
                {"text": note.text, "grade": str(note.grade), "heard": note.heard, "weight": note.weight}
                for note in one.notes
            ],
        }
        for one in lists
    ]
