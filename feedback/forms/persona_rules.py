"""The form of a rule by which questionnaires are given a persona."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from feedback.actions.persona_rules import checked_conditions
from feedback.models import PersonaRule
from feedback.persona_rule_words import FACTS
from feedback.persona_rules import IN_RANGES
from personas.models import Persona
from touchpoints.models import Channel, Device
from workspaces.editing import ask_version
from workspaces.errors import Refused
from workspaces.models import Attribute, Workspace

Seen = Mapping[str, str]  # by fact or attribute's key: what questionnaires said of it lately


class Lines(forms.CharField):
    """Values, one a line."""

    widget = forms.Textarea(attrs={"rows": 2})

    def prepare_value(self, value: Any) -> Any:
        """As a person reads them."""
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        """The values, without empty lines."""
        return [line.strip() for line in super().clean(value).splitlines() if line.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether what was written says something else."""
        return super().has_changed(self.prepare_value(initial or []), "\n".join((data or "").splitlines()))


class PersonaRuleForm(forms.ModelForm):  # type: ignore[type-arg]
    """Whom a rule gives, and for each fact of a questionnaire what it wants of it: what is left empty is no condition.

    `seen`: what was said of facts lately, as help.
    """

    class Meta:
        model = PersonaRule
        fields = ["persona"]

    def __init__(self, *args: Any, workspace: Workspace, seen: Seen | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.workspace, self.seen = workspace, seen or {}
        kept = Persona.objects.of(workspace).kept().by_name()
        chosen = Persona.objects.of(workspace).filter(pk=self.instance.persona_id)
        self.fields["persona"].queryset = kept | chosen if self.instance.pk else kept  # type: ignore[attr-defined]
        stored = {_name_of(one): one for one in (self.instance.conditions or [])}
        self._add_choices(stored)
        self._add_texts("segment", FACTS["segment"], stored.get("segment", {}))
        self._add_texts("source", FACTS["source"], stored.get("source", {}))
        self.attributes = [
            one for one in Attribute.objects.of(workspace) if not one.archived_at or f"attribute.{one.key}" in stored
        ]
        for one in self.attributes:
            self._add_texts(f"attribute.{one.key}", one.name, stored.get(f"attribute.{one.key}", {}))
        ask_version(self)

    def _add_choices(self, stored: Mapping[str, Any]) -> None:
        channels = Channel.objects.of(self.workspace).kept().by_name().values_list("pk", "name")
        several: dict[str, Any] = {"required": False, "widget": forms.CheckboxSelectMultiple}
        if channels:
            self.fields["channel"] = forms.TypedMultipleChoiceField(
                label=FACTS["channel"], choices=list(channels), coerce=int, **several
            )
            self.initial["channel"] = stored.get("channel", {}).get("any_of", [])
        self.fields["device"] = forms.MultipleChoiceField(label=FACTS["device"], choices=Device.choices, **several)
        self.initial["device"] = stored.get("device", {}).get("any_of", [])

    def _add_texts(self, name: str, label: Any, stored: Mapping[str, Any]) -> None:
        lately = self.seen.get(name, "")
        told = _("seen lately: %(values)s") % {"values": lately} if lately else ""
        self.fields[name] = Lines(label=label, required=False, help_text=told, max_length=20_000)
        self.initial[name] = stored.get("any_of", [])
        if name.partition(".")[0] in IN_RANGES:
            for end, words in (("at_least", _("from")), ("at_most", _("up to"))):
                number = forms.FloatField(label=words, required=False, min_value=-1e12, max_value=1e12)
                number.widget.attrs |= {"step": "any", "inputmode": "decimal"}
                self.fields[f"{name}.{end}"] = number
                self.initial[f"{name}.{end}"] = stored.get(end)

    def rows(self) -> Iterator[dict[str, Any]]:
        """The fields by which conditions are made, a fact each: its values and, of a number, the ends of its range."""
        for name in self.fields:
            if name not in {"persona", "version"} and not name.endswith((".at_least", ".at_most")):
                ends = [self[f"{name}.{end}"] for end in ("at_least", "at_most") if f"{name}.{end}" in self.fields]
                yield {"values": self[name], "ends": ends}

    def clean(self) -> dict[str, Any]:
        """The persona, and the conditions that were filled in."""
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        try:
            conditions = checked_conditions(self.workspace, list(self._conditions(cleaned)))
        except Refused as refused:
            raise forms.ValidationError(str(refused)) from refused
        return {"conditions": conditions, **{name: cleaned[name] for name in ("persona", "version") if name in cleaned}}

    def _conditions(self, cleaned: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        for row in self.rows():
            name = row["values"].name
            fact, _dot, key = name.partition(".")
            ends = {end: _plain(cleaned.get(f"{name}.{end}")) for end in ("at_least", "at_most")}
            said = {"any_of": cleaned.get(name) or [], **ends}
            if any(value not in (None, []) for value in said.values()):
                yield {"fact": fact, **({"attribute": key} if key else {}), **said}

    def as_stored(self, rule: PersonaRule) -> "PersonaRuleForm":
        """The same form, as the rule stands now."""
        return PersonaRuleForm(instance=rule, workspace=self.workspace, prefix="stored")


def _plain(number: float | None) -> float | None:
    """A whole number without its decimal point, as it was typed."""
    return int(number) if number is not None and number.is_integer() else number


def _name_of(condition: Mapping[str, Any]) -> str:
    return ".".join(filter(None, (condition["fact"], condition.get("attribute", ""))))
