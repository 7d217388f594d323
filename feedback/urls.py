"""Addresses of answers and insights, below /w/<slug>/, and of surveys and messages, outside any workspace."""

from django.urls import path

from feedback.views import (
    answers,
    by_hand,
    cases,
    formbricks,
    imports,
    insights,
    mapping,
    names,
    preview,
    questionnaire,
    sources,
    usage,
)

urlpatterns = [
    path("settings/cases/", cases.settings_cases, name="settings_cases"),
    path("settings/names/", names.settings_names, name="settings_names"),
    path("answers/", answers.answers, name="answers"),
    path("answers/import/", imports.import_create, name="import_create"),
    path("answers/counter/", by_hand.counters, name="counters"),
    path("answers/counter/<int:touchpoint_id>/", by_hand.counter, name="counter"),
    path("answers/counter/<int:touchpoint_id>/take-back/", by_hand.counter_take_back, name="counter_take_back"),
    path("touchpoints/<int:touchpoint_id>/ratings/new/", by_hand.rating_create, name="rating_create"),
    path("imports/<int:job_id>/", imports.import_show, name="import_show"),
    path("imports/<int:job_id>/file/", mapping.import_file, name="import_file"),
    path("imports/<int:job_id>/columns/", mapping.import_columns, name="import_columns"),
    path("imports/<int:job_id>/settle/", mapping.import_settle, name="import_settle"),
    path("imports/<int:job_id>/mapping/", mapping.import_mapping, name="import_mapping"),
    path("imports/<int:job_id>/mapping/save/", mapping.mapping_save, name="mapping_save"),
    path("mappings/<int:mapping_id>/delete/", mapping.mapping_delete, name="mapping_delete"),
    path("imports/<int:job_id>/store/", imports.import_store, name="import_store"),
    path("imports/<int:job_id>/cancel/", imports.import_cancel, name="import_cancel"),
    path("imports/<int:job_id>/reopen/", imports.import_reopen, name="import_reopen"),
    path("imports/<int:job_id>/discard/", imports.import_discard, name="import_discard"),
    path("imports/<int:job_id>/undo/", imports.import_undo, name="import_undo"),
    path("imports/<int:job_id>/problems.csv", imports.import_problems, name="import_problems"),
    path("answers/sources/", sources.sources, name="sources"),
    path("answers/sources/one/", sources.source, name="source"),
    path("answers/usage/", usage.usage_create, name="usage_create"),
    path("usage/<int:usage_file_id>/", usage.usage_show, name="usage_show"),
    path("usage/<int:usage_file_id>/check/", usage.usage_check, name="usage_check"),
    path("usage/<int:usage_file_id>/store/", usage.usage_store, name="usage_store"),
    path("usage/<int:usage_file_id>/discard/", usage.usage_discard, name="usage_discard"),
    path("surveys/<int:survey_id>/preview/", preview.survey_preview, name="survey_preview"),
    path("touchpoints/<int:touchpoint_id>/insights/new/", insights.insight_create, name="insight_create"),
    path("insights/<int:insight_id>/edit/", insights.insight_edit, name="insight_edit"),
    path("insights/<int:insight_id>/archive/", insights.insight_archive, name="insight_archive"),
    path("insights/<int:insight_id>/restore/", insights.insight_restore, name="insight_restore"),
]
# For programs elsewhere, and for customers: shares of journeys have /s/.
public_urls = [
    path("in/formbricks/<str:key>/", formbricks.formbricks_in, name="formbricks_in"),
    path("q/<str:key>/", questionnaire.questionnaire, name="questionnaire"),
    path("q/<str:key>/<str:filling_key>/", questionnaire.questionnaire_end, name="questionnaire_end"),
    path(
        "q/<str:key>/<str:filling_key>/<int:question_id>/",
        questionnaire.questionnaire_question,
        name="questionnaire_question",
    ),
    path("q/colours/<str:colour>.css", questionnaire.questionnaire_colours, name="questionnaire_colours"),
]
