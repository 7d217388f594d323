"""By which rules a workspace gives questionnaires their persona."""

from django.db import models
from django.db.models import Deferrable, F, Func, Q, Value
from django.db.models.functions import Cast
from django.db.models.lookups import Exact, LessThanOrEqual
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from personas.models import Persona
from workspaces.models import Editable, SameParent, WorkspaceOwned

MOST_RULES = 50  # that a workspace has at a time
MOST_CONDITIONS = 14  # of a rule: ten attributes, channel, device, segment, source
MOST_VALUES = 100  # of a condition
LARGEST_CONDITIONS = 65_536  # bytes as text
_UNKNOWN = (
    'jsonb_path_exists(%(expressions)s, \'$[*] ? (!(@.fact == "channel" || @.fact == "device"'
    ' || @.fact == "segment" || @.fact == "source" || @.fact == "attribute"))\')'
)


class PersonaRule(WorkspaceOwned, Editable):
    """Whose persona a questionnaire is given that names none itself, on conditions which must all hold.

    `conditions`: each with its `fact` (of an attribute also which, by its key), and `any_of` these values or a range
    from `at_least` to `at_most`; see `feedback.persona_rules`. `position`: its place among those that are kept, from
    1: the first rule that holds gives its persona. An archived one has none.
    """

    persona = models.ForeignKey(Persona, models.CASCADE, related_name="+", verbose_name=_("persona"))
    conditions = models.JSONField(_("conditions"))
    position = models.PositiveSmallIntegerField(_("place"), null=True)

    class Meta(WorkspaceOwned.Meta):
        verbose_name = _("rule")
        verbose_name_plural = _("rules")
        ordering = ["position", "id"]
        constraints = [
            *WorkspaceOwned.Meta.constraints,
            models.UniqueConstraint(
                fields=["workspace", "position"], name="personarule_position_once", deferrable=Deferrable.DEFERRED
            ),
            models.CheckConstraint(
                condition=Q(archived_at=None, position__isnull=False, position__range=(1, MOST_RULES))
                | Q(archived_at__isnull=False, position=None),
                name="personarule_at_most_fifty",
                violation_error_message=_("A workspace has at most fifty rules. Remove one first."),
            ),
            models.CheckConstraint(
                condition=Q(
                    Exact(Func(F("conditions"), function="jsonb_typeof", output_field=models.TextField()), "array"),
                    LessThanOrEqual(
                        Func(
                            Cast("conditions", models.TextField()),
                            function="octet_length",
                            output_field=models.IntegerField(),
                        ),
                        LARGEST_CONDITIONS,
                    ),
                    ~Q(conditions=[]),
                ),
                name="personarule_conditions_sane",
            ),
            models.CheckConstraint(
                condition=Exact(
                    Func(F("conditions"), template=_UNKNOWN, output_field=models.BooleanField()), Value(False)
                ),
                name="personarule_facts_known",
            ),
            SameParent(link="persona", to="personas.Persona", name="personarule_persona_here"),
        ]

    def __str__(self) -> str:
        return gettext("Rule for %(persona)s") % {"persona": self.persona}
