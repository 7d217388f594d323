"""What the recipes of docs/api.md are tried with: tables that they write, and days that are over."""

import csv
from pathlib import Path

from touchpoints.models import HealthDay, Touchpoint
from workspaces.models import Workspace


def table(file: Path) -> list[dict[str, str]]:
    with file.open(newline="", encoding="utf-8-sig") as opened:
        return list(csv.DictReader(opened))


def close(workspace: Workspace, name: str, day: str, score: float) -> None:
    """A day that is over."""
    subject = Touchpoint.objects.of(workspace).get(name=name).subject
    facts = {
        "sd": 2.0,
        "evidence": 0.8,
        "answers": 60,
        "observations": 60,
        "known": True,
        "model_version": "health-1",
        "prior_version": "default-1",
    }
    HealthDay.objects.create(workspace=workspace, subject=subject, day=day, score=score, **facts)
