"""The rules of personas in people's words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feedback.models import PersonaRule
from touchpoints.models import Channel, Device
from workspaces.models import Attribute, Workspace

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

FACTS: dict[str, "_StrPromise"] = {
    "channel": gettext_lazy("Channel"),
    "device": gettext_lazy("Device"),
    "segment": gettext_lazy("Segment"),
    "source": gettext_lazy("Source"),
}


@dataclass(frozen=True)
class Said:
    """A condition as people read it: what it is about, and what of that it wants."""

    fact: str
    wants: str


@dataclass(frozen=True)
class Words:
    """How a workspace calls what its rules are about: channels by id, attributes by key, archived ones too."""

    channels: Mapping[int, str]
    attributes: Mapping[str, str]

    @classmethod
    def of(cls, workspace: Workspace) -> "Words":
        """Those of this workspace: two statements."""
        return cls(
            dict(Channel.objects.of(workspace).values_list("pk", "name")),
            dict(Attribute.objects.of(workspace).values_list("key", "name")),
        )

    def said(self, rule: PersonaRule) -> list[Said]:
        """The conditions of a rule, which must all hold."""
        return [Said(self.fact(condition), self.wants(condition)) for condition in rule.conditions]

    def fact(self, condition: Mapping[str, Any]) -> str:
        """What a condition is about."""
        if condition["fact"] == "attribute":
            return self.attributes.get(condition["attribute"], condition["attribute"])
        return str(FACTS[condition["fact"]])

    def wants(self, condition: Mapping[str, Any]) -> str:
        """Which values it wants."""
        if "any_of" in condition:
            return one_or_another([self._value(condition["fact"], value) for value in condition["any_of"]])
        low, high = condition.get("at_least"), condition.get("at_most")
        ends = {name: number_format(end) for name, end in (("low", low), ("high", high)) if end is not None}
        if low is None:
            return _("%(high)s at most") % ends
        if high is None:
            return _("%(low)s at least") % ends
        return _("%(low)s to %(high)s") % ends

    def _value(self, fact: str, value: Any) -> str:
        if fact == "channel":
            return self.channels.get(value, _("a channel that is gone"))
        if fact == "device":
            return str(dict(Device.choices).get(value, value))
        return str(value)


def one_or_another(names: Sequence[str]) -> str:
    """Several as one phrase: “A, B or C”."""
    if len(names) < 2:
        return "".join(names)
    return _("%(several)s or %(last)s") % {"several": ", ".join(names[:-1]), "last": names[-1]}
