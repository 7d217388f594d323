"""For whoever decides on money: the portfolio of measures, on a sheet of paper, too, and what was decided."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from journeys.paper import Printed
from scorecards.decisions import decisions_of
from scorecards.measure_chart import chart_of
from scorecards.paper_portfolio import DECISIONS, portfolio_on_paper
from scorecards.portfolio import portfolio_of
from workspaces import clock
from workspaces.access import WorkspaceRequest, door
from workspaces.files import as_file
from workspaces.models import Role
from workspaces.paper import pdf_of

ON_A_PAGE = 50


@require_safe
@door(Role.VIEWER)
def portfolio(request: WorkspaceRequest) -> HttpResponse:
    """All measures by what they are worth, and what they come to by how well that is founded."""
    found = portfolio_of(request.workspace)
    shown = {"portfolio": found, "chart": chart_of([line.card for line in found.lines])}
    return render(request, "scorecards/portfolio.html", shown)


@require_safe
@door(Role.VIEWER)
def portfolio_pdf(request: WorkspaceRequest) -> HttpResponse:
    """The same on one sheet, with the decisions that wait and the latest ones."""
    workspace = request.workspace
    address = f"{settings.SITE_URL}{reverse('measures_portfolio', args=[workspace.slug])}"
    printed = Printed(address, clock.today(workspace.zone))
    told = portfolio_on_paper(workspace, portfolio_of(workspace), decisions_of(workspace)[:DECISIONS], printed)
    return as_file(pdf_of("portfolio", told), "application/pdf", _("Portfolio of measures"), "pdf")


@require_safe
@door(Role.VIEWER)
def decisions(request: WorkspaceRequest) -> HttpResponse:
    """What waits for a decision, and every decision with who took it and why, the latest first."""
    waiting = portfolio_of(request.workspace).to_decide
    page = Paginator(decisions_of(request.workspace), ON_A_PAGE).get_page(request.GET.get("page"))
    shown = {"waiting": waiting, "page": page, "today": clock.today(request.workspace.zone)}
    return render(request, "scorecards/decisions.html", shown)
