"""The REST interface, address by address, below /api/v1/."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from feedback.api.answers import SubmissionResource
from feedback.api.insights import InsightResource
from feedback.api.persona_rules import PersonaRuleResource
from feedback.api.themes import ThemeResource
from feedback.api.usage import UsageResource
from journeys.api.alarms import AlarmResource
from journeys.api.answers import ResponseResource
from journeys.api.cases import CaseResource
from journeys.api.changes import ChangeResource
from journeys.api.compare import CompareView
from journeys.api.journeys import JourneyResource
from journeys.api.lanes import LaneResource
from journeys.api.map import MapView
from journeys.api.merging import MergeView, TiesView
from journeys.api.phases import PhaseResource
from journeys.api.placements import PlacementResource
from journeys.api.questions import QuestionResource
from journeys.api.surveys import SurveyResource
from journeys.api.whole import ExportView, ImportView
from measures.api.causes import CausesView
from measures.api.measures import MeasureResource
from measures.api.opportunities import OpportunityResource
from measures.api.stakeholders import NextStepResource, StakeholderResource
from personas.api.files import PersonaImportView
from personas.api.notes import PersonaNoteResource
from personas.api.personas import PersonaResource
from scorecards.api.across import PersonaGridView, PersonaJourneysView
from scorecards.api.changes import HealthChangesView
from scorecards.api.comments import CommentResource
from scorecards.api.cuts import CutView
from scorecards.api.drivers import DriversView
from scorecards.api.explain import ExplainView
from scorecards.api.figures import AnsweredView
from scorecards.api.gate import GateView
from scorecards.api.next_actions import NextActionsView
from scorecards.api.people import PersonaFiguresView
from scorecards.api.persona import PersonaExportView
from scorecards.api.scores import ScoresView
from scorecards.api.table import TableView
from scorecards.api.workspace import RuledWorkspaceView
from touchpoints.api.events import EventResource
from touchpoints.api.library import ChannelResource, TouchpointResource
from workspaces.api.attributes import AttributeResource
from workspaces.api.people import MemberResource, TeamResource
from workspaces.api.views import JobResource, SchemaView

RESOURCES = {
    "personas": PersonaResource,
    "persona-rules": PersonaRuleResource,
    "persona-notes": PersonaNoteResource,
    "channels": ChannelResource,
    "touchpoints": TouchpointResource,
    "comments": CommentResource,
    "insights": InsightResource,
    "themes": ThemeResource,
    "events": EventResource,
    "journeys": JourneyResource,
    "phases": PhaseResource,
    "lanes": LaneResource,
    "placements": PlacementResource,
    "attributes": AttributeResource,
    "alarms": AlarmResource,
    "surveys": SurveyResource,
    "questions": QuestionResource,
    "cases": CaseResource,
    "opportunities": OpportunityResource,
    "measures": MeasureResource,
    "stakeholders": StakeholderResource,
    "next-steps": NextStepResource,
    "submissions": SubmissionResource,
    "responses": ResponseResource,
    "usage": UsageResource,
    "changes": ChangeResource,
    "jobs": JobResource,
    "teams": TeamResource,
    "members": MemberResource,
}

router = SimpleRouter(use_regex_path=False)
for name, resource in RESOURCES.items():
    router.register(name, resource, basename=f"api-{name}")

urlpatterns = [
    path("", RuledWorkspaceView.as_view(), name="api_workspace"),
    path("schema/", SchemaView.as_view(), name="api_schema"),
    path("journeys/<int:journey_id>/map/", MapView.as_view(), name="api_journey_map"),
    path("journeys/<int:journey_id>/compare/", CompareView.as_view(), name="api_journey_compare"),
    path("journeys/<int:journey_id>/export/", ExportView.as_view(), name="api_journey_export"),
    path("journeys/import/", ImportView.as_view(), name="api_journey_import"),
    path("personas/<int:persona_id>/export/", PersonaExportView.as_view(), name="api_persona_export"),
    path("personas/import/", PersonaImportView.as_view(), name="api_persona_import"),
    path("scores/changes/", HealthChangesView.as_view(), name="api_score_changes"),
    path("scorecards/", TableView.as_view(), name="api_scorecards"),
    path("figures/", AnsweredView.as_view(), name="api_figures"),
    path("scores/drivers/", DriversView.as_view(), name="api_score_drivers"),
    path("personas/across/", PersonaGridView.as_view(), name="api_persona_grid"),
    path("personas/<int:persona_id>/journeys/", PersonaJourneysView.as_view(), name="api_persona_journeys"),
    path("gate/", GateView.as_view(), name="api_gate"),
    path("scores/", ScoresView.as_view(), name="api_scores"),
    path("touchpoints/<int:touchpoint_id>/explain/", ExplainView.as_view(), name="api_touchpoint_explain"),
    path("touchpoints/<int:touchpoint_id>/next-actions/", NextActionsView.as_view(), name="api_next_actions"),
    path("personas/<int:persona_id>/ties/", TiesView.as_view(), name="api_persona_ties"),
    path("personas/<int:persona_id>/merge/", MergeView.as_view(), name="api_persona_merge"),
    path("personas/<int:persona_id>/figures/", PersonaFiguresView.as_view(), name="api_persona_figures"),
    path("causes/", CausesView.as_view(), name="api_causes"),
    path("touchpoints/<int:touchpoint_id>/cuts/", CutView.as_view(), name="api_touchpoint_cuts"),
    *router.urls,
]
