"""Measures as the board shows them: by status, each with what it costs and brings."""

from dataclasses import dataclass, field

from measures.models import Measure, Status
from workspaces.models import Workspace

ON_THE_BOARD = (Status.IDEA, Status.ASSESSED, Status.IN_PROGRESS, Status.LIVE, Status.REVIEWED)


@dataclass
class Column:
    """The measures that are as far as that."""

    status: Status
    measures: list[Measure] = field(default_factory=list)


def board_of(workspace: Workspace) -> list[Column]:
    """A column for each status, in order; what was dropped stands on none."""
    columns = {status.value: Column(status) for status in ON_THE_BOARD}
    found = Measure.objects.of(workspace).kept().filter(status__in=columns)
    for measure in found.select_related("owner_team", "owner_member__user").prefetch_related("touchpoints"):
        columns[measure.status].measures.append(measure)
    return list(columns.values())
