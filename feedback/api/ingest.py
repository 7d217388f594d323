"""Answers that programs push: what became of each, in the order in which they came."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import ParseError

from feedback.actions import Outcome, Reason, Result, Status
from feedback.api.rows import MOST_ROWS, Misread
from workspaces import errors
from workspaces.api.fields import Query

BODY_LIMIT = 10 * 1024 * 1024  # bytes
CODES = {Status.STORED: 201, Status.EDITED: 200, Status.UNCHANGED: 200}
REFUSALS = {Reason.SUBJECT: 404, Reason.PERSONA: 404, Reason.CHANNEL: 404, Reason.OTHERS: 424}  # else 400
# The field that a reason is about, where the reason itself does not say; else the value.
FIELDS = {
    Reason.METRIC: "metric",
    Reason.SCALE: "scale",
    Reason.SUBJECT: "touchpoint",
    Reason.PERSONA: "persona",
    Reason.CHANNEL: "channel",
    Reason.DEVICE: "device",
    Reason.ATTRIBUTE: "attributes",
    Reason.ATTRIBUTE_TEXT: "attributes",
    Reason.ATTRIBUTE_LONG: "attributes",
    Reason.VERSION: "version",
    Reason.NO_DATE: "occurred_at",
    Reason.NO_TIME_ZONE: "occurred_at",
    Reason.IMPOSSIBLE_DATE: "occurred_at",
    Reason.FUTURE: "occurred_at",
    Reason.ERASED: "respondent",
    Reason.OTHERS: "",
}


class IngestQuery(Query):
    """How answers are to be stored."""

    atomic = serializers.BooleanField(default=False, help_text="store all or, when one is refused, none")


class CountsSerializer(serializers.Serializer):  # type: ignore[type-arg]
    """How many answers met each fate."""

    stored = serializers.IntegerField()
    edited = serializers.IntegerField(help_text="a higher version replaced what was stored")
    unchanged = serializers.IntegerField(help_text="known already, in this version or a higher one")
    refused = serializers.IntegerField()


class ResultSerializer(serializers.Serializer):  # type: ignore[type-arg]
    """What became of one row."""

    outcome = serializers.ChoiceField(choices=[status.value for status in Status])
    status = serializers.IntegerField(
        help_text="201 stored; 200 edited or unchanged; 400 refused; 404 it names what is not in this workspace;"
        " 424 not stored because others were refused"
    )
    errors = serializers.DictField(  # type: ignore[assignment]
        child=serializers.ListField(child=serializers.CharField()),
        required=False,
        help_text="of a refused row: what is wrong with each field",
    )


class OutcomeSerializer(serializers.Serializer):  # type: ignore[type-arg]
    """What became of all rows, in the order in which they were given."""

    counts = CountsSerializer()
    results = ResultSerializer(many=True)


class NothingStored(errors.Refused):
    """No row was stored. 404 where each names what is not in this workspace."""

    def __init__(self, sentence: str, status: int) -> None:
        super().__init__(sentence)
        self.status = status


def rows_in(body: Any) -> list[Any]:
    """The rows of a body. Raises ParseError where it is no list of a sensible length."""
    if not isinstance(body, list) or not 1 <= len(body) <= MOST_ROWS:
        raise ParseError(_("Send a list of 1 to %(most)d rows.") % {"most": MOST_ROWS})
    return body


def tell(outcome: Outcome) -> dict[str, Any]:
    """What became of all rows, as `OutcomeSerializer` describes it."""
    counts = outcome.counts
    return {
        "counts": {status.value: counts[status] for status in Status},
        "results": [_tell(result) for result in outcome.results],
    }


def refuse_nothing_stored(outcome: Outcome) -> None:
    """Raise NothingStored, unless something was accepted."""
    refused = [result for result in outcome.results if result.status is Status.REFUSED]
    if len(refused) == len(outcome.results):
        codes = {_code(result) for result in refused}
        faulty = sum(_code(result) != REFUSALS[Reason.OTHERS] for result in refused)
        sentence = _("Nothing was stored: %(count)d of %(all)d answers are refused.")
        raise NothingStored(sentence % {"count": faulty, "all": len(refused)}, 404 if codes == {404} else 422)


def _tell(result: Result) -> dict[str, Any]:
    refusal = result.refusal
    if refusal is None:
        return {"outcome": result.status.value, "status": CODES[result.status]}
    if isinstance(refusal, Misread):
        found = refusal.errors
    else:
        field = refusal.params.get("field") or FIELDS.get(refusal.reason, "value")
        found = {str(field): [refusal.message]}
    return {"outcome": result.status.value, "status": _code(result), "errors": found}


def _code(result: Result) -> int:
    refusal = result.refusal
    if isinstance(refusal, Misread):
        return refusal.status
    return REFUSALS.get(refusal.reason, 400) if refusal else CODES[result.status]
