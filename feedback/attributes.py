"""What questionnaires say of the workspace's attributes, in people's words."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, F, Func, OuterRef, QuerySet, Value
from django.db.models.functions import Concat

from feedback.models import Response
from workspaces.models import Attribute


def with_attributes(answers: QuerySet[Response]) -> QuerySet[Response]:
    """Each answer with `attributes`: what its questionnaire says of those that are kept, such as "Line: ICE 1703"."""
    said = Func(
        OuterRef("submission__attributes"), F("key"), template="(%(expressions)s)", arg_joiner=" ->> ",
        output_field=CharField(),
    )  # fmt: skip
    kept = Attribute.objects.kept().filter(workspace=OuterRef("workspace")).annotate(said=said).exclude(said=None)
    words = Concat(F("name"), Value(": "), F("said"), output_field=CharField())
    return answers.annotate(attributes=ArraySubquery(kept.order_by("position").annotate(words=words).values("words")))
