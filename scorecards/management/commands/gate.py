"""`manage.py gate`: for pipelines, whether a moment of truth is below its target."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from journeys.models import Journey
from scorecards.gate import Gate, Moment, gate_of, told
from touchpoints.health.gate import Judgement
from workspaces.models import Workspace

FAILED, MISUSED = 1, 2
BESIDE = {
    Judgement.WITHIN: "below, but within its range",
    Judgement.FEW: "below, by too few answers",
    Judgement.UNKNOWN: "unknown",
}


class Command(BaseCommand):
    """Judge each moment of truth of a workspace, or of one journey, a line each."""

    help = (
        "Exit with 1 if a moment of truth is below its target by more than chance explains, with 2 if there is no such "
        "workspace or journey, else with 0."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Of what, and how it is told."""
        parser.add_argument("--workspace", required=True, metavar="SLUG", help="as in the address, behind /w/")
        parser.add_argument(
            "--journey", type=int, metavar="ID", help="this one only; by default all that show today, not plans"
        )
        parser.add_argument("--json", action="store_true", help="told as GET /api/v1/gate/ tells it")

    def handle(self, *, workspace: str, journey: int | None, **options: Any) -> None:
        """Tell it, and fail if anything is below."""
        gate = self.gate(workspace, journey)
        if options["json"]:
            self.stdout.write(json.dumps(told(gate), ensure_ascii=False))
        else:
            for one in gate.moments:
                self.stdout.write(_line(one))
            self.stdout.write(_summary(gate))
        if not gate.passed:
            sys.exit(FAILED)

    def gate(self, slug: str, journey_id: int | None) -> Gate:
        """That of the workspace, or of one of its journeys."""
        workspace = Workspace.objects.filter(slug=slug).first()
        if workspace is None:
            raise CommandError(f"There is no workspace “{slug}”.", returncode=MISUSED)
        if journey_id is None:
            return gate_of(workspace)
        journey = Journey.objects.of(workspace).kept().filter(pk=journey_id).first()
        if journey is None:
            raise CommandError(f"“{slug}” has no journey {journey_id}.", returncode=MISUSED)
        return gate_of(workspace, journey)


def _line(one: Moment) -> str:
    number = "–" if one.at.number is None else one.at.number
    known = "" if one.low is None else f"{one.low} to {one.high}, "
    stands = f"{number} of {one.at.target} ({known}{one.at.evidence})"
    return f"{one.judgement:<16} {stands:<34} {one.journey}: {one.station} {one.at.name}"


def _summary(gate: Gate) -> str:
    if not gate.moments:
        return "Passed: there is no moment of truth."
    outcome = "Passed" if gate.passed else "Failed"
    beside = "".join(f", {count} {BESIDE[one]}" for one, count in gate.counts.items() if count and one in BESIDE)
    return f"{outcome}: {len(gate.failed)} of {len(gate.moments)} moments of truth below target{beside}."
