"""Addresses of journeys and their maps, below /w/<slug>/."""

from django.urls import URLPattern, URLResolver, include, path

from journeys.views import (
    bulk,
    cells,
    exports,
    history,
    journeys,
    lanes,
    library,
    map,  # noqa: A004
    out,
    pasting,
    placements,
    presence,
    present,
    renaming,
    sample,
    saved,
    shared,
    spreadsheet,
    starting,
    whole,
)
from journeys.views.surveys import library as surveys
from journeys.views.surveys import questions, survey

placement_urls: list[URLPattern] = [
    path("move/", placements.move, name="placement_move"),
    path("edit/", placements.edit, name="placement_edit"),
    path("rename/", renaming.rename, name="placement_rename"),
    path("cell/", cells.write, name="placement_cell"),
    path("needs/", cells.needs, name="placement_needs"),
    path("archive/", placements.archive, name="placement_archive"),
    path("restore/", placements.restore, name="placement_restore"),
]
journey_urls: list[URLPattern | URLResolver] = [
    path("", map.journey, name="journey"),
    path("edit/", journeys.journey_edit, name="journey_edit"),
    path("duplicate/", starting.journey_duplicate, name="journey_duplicate"),
    path("archive/", journeys.journey_archive, name="journey_archive"),
    path("restore/", journeys.journey_restore, name="journey_restore"),
    path("present/", present.present, name="journey_present"),
    path("busy/", presence.busy, name="journey_busy"),
    path("library/", map.library, name="library"),
    path("placements/", placements.create, name="placement_create"),
    path("placements/<int:placement_id>/", include(placement_urls)),
    path("paste/", pasting.paste, name="paste"),
    path("marks/", pasting.marks, name="marks"),
    path("bulk/", bulk.bulk, name="bulk"),
    path("phases/<int:phase_id>/label/", renaming.label, name="phase_label"),
    path("lanes/", lanes.add, name="lane_add"),
    path("lanes/<int:lane_id>/", lanes.arrange, name="lane_arrange"),
    path("lanes/<int:lane_id>/remove/", lanes.remove, name="lane_remove"),
    path("out/", out.out, name="journey_out"),
    path("out/map.pdf", exports.journey_pdf, name="journey_pdf"),
    path("out/map.png", exports.journey_png, name="journey_png"),
    path("out/map.json", whole.journey_json, name="journey_json"),
    path("out/map.xlsx", whole.journey_xlsx, name="journey_xlsx"),
    path("out/share/", out.share_create, name="share_create"),
    path("out/shares/<int:link_id>/revoke/", out.share_revoke, name="share_revoke"),
    path("views/", saved.save, name="view_save"),
    path("views/<int:view_id>/remove/", saved.remove, name="view_remove"),
    path("history/", history.changes, name="changes"),
    path("history/<int:change_id>/restore/", history.restore, name="change_restore"),
    path("history/<int:change_id>/order/", history.reorder, name="change_order"),
    path("undo/", history.undo, name="change_undo"),
    path("redo/", history.redo, name="change_redo"),
]
survey_urls: list[URLPattern | URLResolver] = [
    path("", survey.survey, name="survey"),
    path("edit/", surveys.survey_edit, name="survey_edit"),
    path("open/", survey.survey_open, name="survey_open"),
    path("pause/", survey.survey_pause, name="survey_pause"),
    path("close/", survey.survey_close, name="survey_close"),
    path("archive/", surveys.survey_archive, name="survey_archive"),
    path("restore/", surveys.survey_restore, name="survey_restore"),
    path("questions/new/", questions.survey_question_create, name="survey_question_create"),
    path("questions/<int:question_id>/edit/", questions.survey_question_edit, name="survey_question_edit"),
    path("questions/<int:question_id>/move/", questions.survey_question_move, name="survey_question_move"),
    path("questions/<int:question_id>/remove/", questions.survey_question_remove, name="survey_question_remove"),
    path("questions/<int:question_id>/restore/", questions.survey_question_restore, name="survey_question_restore"),
]
urlpatterns = [
    path("surveys/", surveys.surveys, name="surveys"),
    path("surveys/new/", surveys.survey_create, name="survey_create"),
    path("surveys/<int:survey_id>/", include(survey_urls)),
    path("journeys/", journeys.journeys, name="journeys"),
    path("journeys/new/", starting.journey_new, name="journey_new"),
    path("journeys/new/form/", starting.journey_create, name="journey_create"),
    path("journeys/spreadsheet/", spreadsheet.sheet_create, name="sheet_create"),
    path("journeys/spreadsheet/empty.xlsx", spreadsheet.sheet_blank, name="sheet_blank"),
    path("journeys/spreadsheet/<int:sheet_id>/", spreadsheet.sheet, name="sheet"),
    path("journeys/spreadsheet/<int:sheet_id>/draw/", spreadsheet.sheet_draw, name="sheet_draw"),
    path("journeys/spreadsheet/<int:sheet_id>/discard/", spreadsheet.sheet_discard, name="sheet_discard"),
    path("journeys/new/file/", whole.whole_create, name="whole_create"),
    path("journeys/new/begin/", starting.journey_begin, name="journey_begin"),
    path("journeys/sample/", sample.sample, name="journey_sample"),
    path("journeys/<int:journey_id>/", include(journey_urls)),
    path("touchpoints/<int:touchpoint_id>/archive/", library.touchpoint_archive, name="touchpoint_archive"),
]
# Outside any workspace: for people without an account.
shared_urls = [
    path("s/<str:secret>/", shared.share, name="share"),
    path("s/<str:secret>/present/", shared.share_present, name="share_present"),
]
