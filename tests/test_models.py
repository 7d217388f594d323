"""Promises about every table: whose data it holds, and that no link leaves its workspace."""

from dataclasses import dataclass

import pytest
from django.apps import apps
from django.db.models import ForeignKey, Model

from tests.dumps import owned_models
from workspaces.models import SameParent

ROOMS = {"workspaces", "personas", "touchpoints", "feedback", "measures", "journeys", "scorecards"}
OURS = [model for model in apps.get_models() if model._meta.app_label in ROOMS]
# The same everywhere, and nobody's personal data.
USUAL = {"id", "workspace", "version", "created_at", "updated_at", "archived_at"}


@dataclass(frozen=True)
class Whose:
    """The fields of a table by whose data they hold: members' go with their account, customers' are erased on request.

    Every field but the usual ones is named. Nothing about a customer may stand outside `CUSTOMERS_MAY_BE_IN`.
    """

    nobody: str = ""
    members: str = ""
    customers: str = ""

    def fields(self) -> list[str]:
        """All that are named."""
        return [*self.nobody.split(), *self.members.split(), *self.customers.split()]


# What customers wrote, what they are writing, what was picked of it, and files that are emptied once they are imported.
CUSTOMERS_MAY_BE_IN = {
    "personas.Note",
    "personas.PersonaEdition",
    "feedback.Filling",
    "feedback.Respondent",
    "feedback.Response",
    "feedback.Submission",
    "workspaces.Job",
}

CLASSIFIED = {
    "workspaces.User": Whose(
        members="email name password last_login date_joined groups user_permissions",
        nobody="language theme mail_about is_active is_staff is_superuser",
    ),
    "workspaces.SignInLink": Whose("token_hash expires_at used_at", members="user"),
    "workspaces.Workspace": Whose(
        "name slug language time_zone currency weak_from good_from strong_from false_alarms target discount"
    ),
    "workspaces.Membership": Whose("role digest_days joined_at", members="user"),
    "workspaces.Visit": Whose(members="member seen_at before told told_before"),
    "workspaces.Team": Whose("name members"),
    "workspaces.Attribute": Whose("key name position"),
    "workspaces.TeamMember": Whose("team member"),
    "workspaces.Invitation": Whose("role token_hash expires_at accepted_at revoked_at", members="email invited_by"),
    "workspaces.ApiToken": Whose("name prefix token_hash scopes expires_at revoked_at last_used_at", members="user"),
    "workspaces.AuditEntry": Whose("token verb target at", members="actor"),
    "workspaces.KeptAnswer": Whose("token key fingerprint status headers body"),
    "workspaces.RateCount": Whose("key window count"),
    "workspaces.Job": Whose(
        "kind key state payload upload_name done total error result cancel_asked beat_at ended_at attempts",
        members="created_by",
        customers="upload",
    ),
    # What the team writes to itself stays when its author goes, without the author.
    "workspaces.Thread": Whose("comments"),
    "workspaces.Comment": Whose("thread answers text token resolved_at", members="by resolved_by"),
    "workspaces.Notice": Whose("comment reason key told path read_at mail mail_at mail_attempts", members="member"),
    "workspaces.Digest": Whose("day mail mail_at mail_attempts", members="member"),
    "workspaces.WebhookEndpoint": Whose(
        "name url events state salt secret_hash old_salt old_until failures failing_since rest_until"
    ),
    # Ids and facts, never what a customer wrote or who they are: tests/workspaces/test_webhook_events.py
    "workspaces.WebhookDelivery": Whose("endpoint event message body state attempts status error tried_at due_at"),
    "personas.Persona": Whose(
        "name segment share age household job portrait quote margin retention discount interviews evidence review_date"
        " reviewed_on",
        members="reviewed_by",
    ),
    "personas.Note": Whose("persona kind position evidence heard source weight", customers="text"),
    "personas.PersonaEdition": Whose("persona number token began_at at", members="by", customers="sheet"),
    "feedback.PickedVerbatim": Whose("note response"),
    # What the team knows of those who have a say, told to few; who sees one goes with their account.
    "personas.Stakeholder": Whose(
        "name role influence support interests goal_influence goal_support goal_on named_only", members="named made_by"
    ),
    "personas.StakeholderReader": Whose("stakeholder", members="member"),
    "personas.StakeholderPosition": Whose("stakeholder influence support at token", members="actor"),
    "personas.NextStep": Whose("stakeholder text with_whom due_on done_at"),
    "workspaces.SavedView": Whose("screen name query made_by"),
    "touchpoints.Subject": Whose("kind"),
    "touchpoints.Channel": Whose("name icon"),
    "touchpoints.Touchpoint": Whose(
        "subject thread name note channel contact directness device owner_team owner_member importance target"
        " peer_group"
    ),
    "touchpoints.Event": Whose("touchpoint day text"),
    "touchpoints.Observation": Whose("subject persona metric scale day value times"),
    "touchpoints.StuckSubject": Whose("subject error attempts since again_at"),
    "touchpoints.DailyCell": Whose("subject persona metric scale day counts"),
    "touchpoints.Window": Whose("subject metric table"),
    "touchpoints.WindowSum": Whose("subject persona metric scale table as_of sums squares answers"),
    "touchpoints.HealthScore": Whose(
        "subject persona day score sd evidence answers known parts model_version prior_version last_heard computed_at"
        " observations peer_group perception perception_source expectation"
    ),
    "touchpoints.HealthDay": Whose(
        "subject persona day score sd evidence answers observations known model_version prior_version"
        " perception perception_source expectation ease felt_kept"
    ),
    "touchpoints.HealthRule": Whose(
        "number csat ces nps complaints completion ratings_count decay complaints_good complaints_limit drop_off_good"
        " drop_off_limit",
        members="by",
    ),
    "touchpoints.PriorFit": Whose("day"),
    "touchpoints.FittedPrior": Whose("fit peer_group component peers mass mean within between shares"),
    "touchpoints.Watch": Whose("subject day band"),
    "touchpoints.Chart": Whose(
        "subject metric scale based_on first last counts shares mean variance answers per_day dispersion shift usual"
        " worse evidence begins limits day height since ended_on"
    ),
    "touchpoints.Alarm": Whose(
        "subject kind chart metric scale cause was became day since began_at raised_at before before_answers"
        " before_days after after_answers complaints exposure chance state acknowledged_at acknowledged_token note"
        " restated_at",
        members="acknowledged_by",
    ),
    "feedback.Submission": Whose(
        "source occurred_at day persona persona_by_rule channel device segment attributes",
        customers="external_id respondent",
    ),
    "feedback.PersonaRule": Whose("persona conditions position"),
    "feedback.PersonaMerge": Whose("persona into at"),
    "feedback.HeardPersona": Whose("subject persona witnesses"),
    "feedback.Respondent": Whose(customers="reference answered_at"),
    "feedback.Erasure": Whose("digest counts at lifted_at", members="by lifted_by"),
    "feedback.Retention": Whose("comments respondents files audit removed night ran_at"),
    "feedback.Response": Whose("submission question subject metric scale value job removed_at", customers="text"),
    "feedback.Case": Whose(
        "response subject thread cause severity state opened_at due_at owner_team owner_member play limit cost outcome"
        " customer_told_at reason closed_at told_at overdue_told_at"
    ),
    "feedback.CaseRule": Whose(
        "minor_hours serious_hours severe_hours low_scores days imports call refund discount apology repair"
    ),
    # Employees whom customers may name: the list is kept for their sake, and only admins see it.
    "feedback.MaskedNames": Whose("names members"),
    "feedback.Mapping": Whose("name columns"),
    "feedback.UsageDay": Whose("source subject persona day contacts visits completed complaints"),
    "feedback.SourceTrouble": Whose("source reason field params times first_at last_at"),
    "feedback.Insight": Whose("touchpoint kind text mentions theme"),
    # Words that three customers and more use; what each of them wrote stands in their answers alone.
    "feedback.Theme": Whose(
        "touchpoint kind label leading terms is_kept commenters by_month first_named last_named examples state"
        " merged_into found_at"
    ),
    "feedback.ThemeSearch": Whose("touchpoint day commenters is_all"),
    "feedback.Survey": Whose(
        "key name subject status languages brand privacy privacy_url thanks quota submitted closes_on persona"
        " segment hosts cooldown secret_number"
    ),
    "feedback.Question": Whose("survey position kind subject required wording hint options attribute answered"),
    "feedback.Formbricks": Whose("key name secret secret_at heard heard_at refused refused_at fault unlisted"),
    "feedback.FormbricksQuestion": Whose(
        "formbricks survey question label part scale subject attribute looks lowest highest stored missed refused"
        " heard_at"
    ),
    "feedback.Filling": Whose("key survey language begun_at submitted_at", customers="respondent answers"),
    "measures.Opportunity": Whose("title note insights owner_team owner_member thread"),
    "measures.Gathered": Whose("opportunity insight"),
    "measures.CauseTable": Whose("people process technical communication"),
    "measures.Measure": Whose(
        "title note kind status reason opportunity insight case alarm touchpoints personas owner_team owner_member"
        " decider decide_on starts_on live_on once yearly years points thread"
    ),
    "measures.MeasureTouchpoint": Whose("measure touchpoint"),
    "measures.Decider": Whose("measure stakeholder"),
    "measures.MeasurePersona": Whose("measure persona"),
    "measures.Benefit": Whose("measure kind count each base low likely high reason"),
    "measures.Review": Whose(
        "measure live_on until verdict missing before asked_before effect low high expected answers_before"
        " answers_since workings controls chosen_by_hand told_at computed_at closed_at"
    ),
    "measures.Control": Whose("review touchpoint"),
    "measures.Step": Whose("measure came_from went_to reason at token", members="actor"),
    "journeys.Journey": Whose(
        "subject name note category standing personas owner_team owner_member review_date revision"
        " parent_placement parent_phase"
    ),
    "journeys.JourneyPersona": Whose("journey persona"),
    "journeys.Phase": Whose("journey kind position label"),
    "journeys.Placement": Whose(
        "journey phase touchpoint position moment_of_truth share alternative_group customer_action quote expectation"
        " assumed_emotion backstage"
    ),
    "journeys.Lane": Whose("journey kind name position shown"),
    "journeys.LaneCell": Whose("journey lane placement text number"),
    "journeys.MetNeed": Whose("journey placement persona need how_well"),
    "journeys.ShareLink": Whose(
        "journey name token_hash password_hash expires_at revoked_at opened last_opened_at", members="made_by"
    ),
    "journeys.Change": Whose("journey revision verb what undo undoes token at", members="by"),
}


def field_names(model: type[Model]) -> set[str]:
    return {field.name for field in (*model._meta.fields, *model._meta.many_to_many)}


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_every_field_is_somebody_s_or_nobody_s(model: type[Model]) -> None:
    named = CLASSIFIED.get(model._meta.label, Whose()).fields()
    assert len(named) == len(set(named)), "named twice"
    missing = field_names(model) - USUAL - set(named)
    assert not missing, "say in tests/test_models.py whose data these hold"
    assert not set(named) - field_names(model), "these are classified, and no longer exist"


def test_customers_data_stands_where_it_can_be_erased() -> None:
    assert {label for label, whose in CLASSIFIED.items() if whose.customers} <= CUSTOMERS_MAY_BE_IN


@pytest.mark.parametrize("model", list(owned_models()), ids=lambda model: model._meta.label)
def test_the_database_refuses_links_into_another_workspace(model: type[Model]) -> None:
    owned = set(owned_models())
    links = {
        field.name
        for field in model._meta.fields
        if isinstance(field, ForeignKey) and field.related_model in owned and field.name != "workspace"
    }
    guarded = {
        constraint.link
        for constraint in model._meta.constraints
        if isinstance(constraint, SameParent) and constraint.shared == "workspace"
    }
    assert links == guarded
