"""What an address asks of the scorecards: one reading for the page and for every file of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from journeys.models import Journey
from personas.models import Persona
from scorecards.around import Around, around_of
from scorecards.columns import COLUMNS, USUAL
from scorecards.ordering import NARROWING, TableForm
from scorecards.periods import PeriodForm
from scorecards.table import Said, TouchpointRow, on_journey, rows_of, said_about
from touchpoints.periods import Period
from workspaces import clock
from workspaces.models import Workspace


@dataclass(frozen=True)
class Table:
    """`scope`: the lines of the workspace or journey, of everybody or one persona; `narrowing` shows some of them."""

    workspace: Workspace
    around: Around
    form: PeriodForm
    period: Period
    persona: Persona | None
    journey: Journey | None
    scope: Sequence[TouchpointRow]
    narrowing: TableForm
    gone: Sequence[str]

    @property
    def faults(self) -> list[str]:
        """What the address asks that cannot be."""
        periods = [str(error) for errors in self.form.errors.values() for error in errors]
        return [*periods, *self.narrowing.faults]

    @property
    def length(self) -> int:
        """How many lines were asked for."""
        return len(self.narrowing.narrow(self.scope))

    def lines(self) -> list[TouchpointRow]:
        """The lines that were asked for in their order, with figures if these decide it."""
        found = self.narrowing.narrow(self.scope)
        return self.narrowing.sort_rows(self.said(found).about(found) if self.narrowing.needs_figures else found)

    def full(self) -> list[TouchpointRow]:
        """The same lines, each with its figures."""
        found = self.narrowing.narrow(self.scope)
        return self.narrowing.sort_rows(self.said(found).about(found))

    def said(self, rows: Sequence[TouchpointRow], *, besides: Sequence[int] = ()) -> Said:
        """What customers said in the period about these lines, and about the subjects `besides`."""
        return said_about(rows, self.period, persona=self.persona, besides=besides)

    @property
    def columns(self) -> str:
        """As an address names them; empty where all are shown."""
        return ",".join(self.narrowing.chosen) if self.narrowing.chosen != [*COLUMNS] else ""

    @property
    def manner(self) -> list[tuple[str, str]]:
        """How an address asks the same, without its columns, its page and what is usual."""
        asked = self.narrowing.cleaned_data
        days = {"from": self.period.first.isoformat(), "to": self.period.last.isoformat()}
        said = {
            "journey": self.journey.pk if self.journey else "",
            "persona": self.persona.pk if self.persona else "",
            **{name: self.narrowing.data.get(name) if asked.get(name) else "" for name in NARROWING},
            "sort": self.narrowing.order if self.narrowing.order != USUAL else "",
            **({"days": self.period.length} if self.period.length else days),
        }
        return [(name, str(value)) for name, value in said.items() if value]

    @property
    def query(self) -> str:
        """The end of an address that asks the same."""
        columns = [("columns", self.columns)] if self.columns else []
        return f"?{urlencode([*self.manner, *columns], safe=',')}"


def table_of(workspace: Workspace, query: QueryDict) -> Table:
    """The table that an address asks for; what it asks wrongly is left out, and said by `faults` and `gone`."""
    around, form = around_of(workspace), PeriodForm(query, clock.today(workspace.zone))
    period, persona = form.period, around.persona(query.get("persona", ""))
    rows = rows_of(workspace, period, persona=persona, stamp=around.stamp)
    narrowing, journey = TableForm(query, around=around, rows=rows), around.journey(query.get("journey", ""))
    gone = narrowing.gone
    if query.get("persona") and persona is None:
        gone.append(_("The persona that was asked for is gone: what everybody said is shown."))
    scope = on_journey(rows, journey) if journey else rows
    return Table(workspace, around, form, period, persona, journey, scope, narrowing, gone)
