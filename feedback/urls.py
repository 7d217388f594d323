"""Addresses of answers and insights, below /w/<slug>/, and of surveys for customers, outside any workspace."""

from django.urls import path

from feedback.views import answers, cases, imports, insights, mapping, persons, preview, questionnaire, retention

urlpatterns = [
    path("settings/cases/", cases.settings_cases, name="settings_cases"),
    path("settings/people/", persons.personal_data, name="settings_people"),
    path("settings/people/retention/", retention.retention, name="settings_retention"),
    path("settings/people/record/", retention.processing_record, name="settings_record"),
    path("settings/people/works-council/", retention.works_council, name="settings_council"),
    path("settings/people/export/", persons.person_export, name="settings_people_export"),
    path("settings/people/erase/", persons.person_erase, name="settings_people_erase"),
    path("settings/people/erasures/<int:erasure_id>/proof/", persons.erasure_proof, name="settings_erasure_proof"),
    path("settings/people/erasures/<int:erasure_id>/lift/", persons.erasure_lift, name="settings_erasure_lift"),
    path("answers/", answers.answers, name="answers"),
    path("answers/import/", imports.import_create, name="import_create"),
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
    path("surveys/<int:survey_id>/preview/", preview.survey_preview, name="survey_preview"),
    path("touchpoints/<int:touchpoint_id>/insights/new/", insights.insight_create, name="insight_create"),
    path("insights/<int:insight_id>/edit/", insights.insight_edit, name="insight_edit"),
    path("insights/<int:insight_id>/archive/", insights.insight_archive, name="insight_archive"),
    path("insights/<int:insight_id>/restore/", insights.insight_restore, name="insight_restore"),
]
# For customers: shares of journeys have /s/.
public_urls = [
    path("q/<str:key>/", questionnaire.questionnaire, name="questionnaire"),
    path("q/<str:key>/<str:filling_key>/", questionnaire.questionnaire_end, name="questionnaire_end"),
    path(
        "q/<str:key>/<str:filling_key>/<int:question_id>/",
        questionnaire.questionnaire_question,
        name="questionnaire_question",
    ),
    path("q/colours/<str:colour>.css", questionnaire.questionnaire_colours, name="questionnaire_colours"),
]
