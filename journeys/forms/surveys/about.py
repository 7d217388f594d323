"""Choosing what a survey or a question is about, by name."""

from typing import Any

from django import forms
from django.db.models import Model, Q
from django.utils.translation import gettext as _

from journeys.models import Journey
from touchpoints.actions import subject_of
from touchpoints.models import Subject, SubjectKind, Touchpoint
from workspaces.models import Workspace

COMPANY = "company"  # the relationship as a whole, which has no subject until it is first asked about


class AboutField(forms.ChoiceField):
    """A touchpoint, a journey or the company as a whole. Its value is a Subject."""

    workspace: Workspace

    def offer(self, workspace: Workspace, *, chosen: Subject | None = None) -> None:
        """Offer what that workspace has, and what is chosen already though it be archived."""
        self.workspace = workspace
        company = [(COMPANY, _("%(company)s as a whole") % {"company": workspace})]
        groups = [
            (_("Company"), company),
            (_("Touchpoints"), _offered(Touchpoint, workspace, chosen)),
            (_("Journeys"), _offered(Journey, workspace, chosen)),
        ]
        self.choices = [(name, choices) for name, choices in groups if choices]

    def prepare_value(self, value: Any) -> Any:
        """The choice that stands for a subject."""
        return choice_of(value) if isinstance(value, Subject) else value

    def clean(self, value: Any) -> Subject | None:
        """The subject that was chosen."""
        chosen = super().clean(self.prepare_value(value))
        if not chosen:
            return None
        if chosen == COMPANY:
            return subject_of(self.workspace)
        subject: Subject = Subject.objects.of(self.workspace).get(pk=chosen)
        return subject

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether another one was chosen."""
        return super().has_changed(self.prepare_value(initial), data)


def choice_of(subject: Subject) -> str:
    """As which choice a subject is offered."""
    return COMPANY if subject.kind == SubjectKind.WORKSPACE else str(subject.pk)


def name_of(subject: Subject) -> str:
    """What a subject is called: a touchpoint and a journey by their names, the company by the workspace's."""
    if subject.kind == SubjectKind.WORKSPACE:
        return str(subject.workspace)
    return str(subject.touchpoint if subject.kind == SubjectKind.TOUCHPOINT else subject.journey)


def _offered(model: type[Model], workspace: Workspace, chosen: Subject | None) -> list[tuple[str, str]]:
    rows = model.objects.of(workspace).filter(Q(archived_at=None) | Q(subject=chosen))  # type: ignore[attr-defined]
    return [(str(subject), name) for subject, name in rows.order_by("name", "pk").values_list("subject_id", "name")]
