"""Addresses of scorecards, below /w/<slug>/."""

from django.urls import path

from scorecards.views import (
    alarms,
    answers,
    comments,
    explain,
    exports,
    health,
    journey,
    jump,
    rules,
    saved,
    table,
    touchpoint,
)

urlpatterns = [
    path("settings/health/", rules.settings_health, name="settings_health"),
    path("settings/health/target/", rules.settings_target, name="settings_target"),
    path("settings/health/sensitivity/", rules.settings_sensitivity, name="settings_sensitivity"),
    path("jump/", jump.jump, name="jump"),
    path("scorecards/", table.scorecards, name="scorecards"),
    path("scorecards/scorecards.pdf", exports.scorecards_pdf, name="scorecards_pdf"),
    path("scorecards/scorecards.csv", exports.scorecards_csv, name="scorecards_csv"),
    path("scorecards/scorecards.xlsx", exports.scorecards_xlsx, name="scorecards_xlsx"),
    path("scorecards/views/", saved.save, name="scorecards_view_save"),
    path("scorecards/views/<int:table_view_id>/remove/", saved.remove, name="scorecards_view_remove"),
    path("alarms/", alarms.alarms, name="alarms"),
    path("alarms/<int:alarm_id>/", alarms.alarm, name="alarm"),
    path("alarms/<int:alarm_id>/acknowledge/", alarms.alarm_acknowledge, name="alarm_acknowledge"),
    path("touchpoints/<int:touchpoint_id>/", touchpoint.touchpoint, name="touchpoint"),
    path("touchpoints/<int:touchpoint_id>/scorecard.pdf", exports.touchpoint_pdf, name="touchpoint_pdf"),
    path("touchpoints/<int:touchpoint_id>/panel/", health.touchpoint_panel, name="touchpoint_panel"),
    path("touchpoints/<int:touchpoint_id>/explain/", explain.touchpoint_explain, name="touchpoint_explain"),
    path(
        "touchpoints/<int:touchpoint_id>/explain/health.xlsx",
        explain.touchpoint_explain_xlsx,
        name="touchpoint_explain_xlsx",
    ),
    path("touchpoints/<int:touchpoint_id>/answers/", answers.touchpoint_answers, name="touchpoint_answers"),
    path("journeys/<int:journey_id>/explain/", journey.journey_explain, name="journey_explain"),
    path("touchpoints/<int:touchpoint_id>/comments/", comments.comments, name="comments"),
    path("comments/<int:comment_id>/", comments.comment, name="comment"),
    path("comments/<int:comment_id>/edit/", comments.comment_edit, name="comment_edit"),
    path("comments/<int:comment_id>/archive/", comments.comment_archive, name="comment_archive"),
    path("comments/<int:comment_id>/restore/", comments.comment_restore, name="comment_restore"),
    path("comments/<int:comment_id>/resolve/", comments.comment_resolve, name="comment_resolve"),
    path("comments/<int:comment_id>/reopen/", comments.comment_reopen, name="comment_reopen"),
]
