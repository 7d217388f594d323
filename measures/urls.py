"""Addresses of measures, below /w/<slug>/."""

from django.urls import path

from measures.views import causes, measures, reviews, stakeholders, steps

urlpatterns = [
    path("settings/causes/", causes.settings_causes, name="settings_causes"),
    path("measures/new/", measures.measure_create, name="measure_create"),
    path("measures/<int:measure_id>/edit/", measures.measure_edit, name="measure_edit"),
    path("measures/<int:measure_id>/cost/", measures.measure_cost, name="measure_cost"),
    path("measures/<int:measure_id>/move/", measures.measure_move, name="measure_move"),
    path("measures/<int:measure_id>/controls/", reviews.review_controls, name="measure_controls"),
    path("measures/<int:measure_id>/archive/", measures.measure_archive, name="measure_archive"),
    path("measures/<int:measure_id>/restore/", measures.measure_restore, name="measure_restore"),
    path("stakeholders/", stakeholders.stakeholders, name="stakeholders"),
    path("stakeholders/new/", stakeholders.stakeholder_create, name="stakeholder_create"),
    path("stakeholders/<int:stakeholder_id>/", stakeholders.stakeholder, name="stakeholder"),
    path("stakeholders/<int:stakeholder_id>/edit/", stakeholders.stakeholder_edit, name="stakeholder_edit"),
    path("stakeholders/<int:stakeholder_id>/move/", stakeholders.stakeholder_move, name="stakeholder_move"),
    path(
        "stakeholders/<int:stakeholder_id>/back/<int:stood_id>/",
        stakeholders.stakeholder_back,
        name="stakeholder_back",
    ),
    path("stakeholders/<int:stakeholder_id>/archive/", stakeholders.stakeholder_archive, name="stakeholder_archive"),
    path("stakeholders/<int:stakeholder_id>/restore/", stakeholders.stakeholder_restore, name="stakeholder_restore"),
    path("stakeholders/<int:stakeholder_id>/steps/", steps.stakeholder_step_create, name="stakeholder_step_create"),
    path(
        "stakeholders/<int:stakeholder_id>/steps/<int:step_id>/edit/",
        steps.stakeholder_step_edit,
        name="stakeholder_step_edit",
    ),
    path(
        "stakeholders/<int:stakeholder_id>/steps/<int:step_id>/done/",
        steps.stakeholder_step_done,
        name="stakeholder_step_done",
    ),
    path(
        "stakeholders/<int:stakeholder_id>/steps/<int:step_id>/archive/",
        steps.stakeholder_step_archive,
        name="stakeholder_step_archive",
    ),
    path(
        "stakeholders/<int:stakeholder_id>/steps/<int:step_id>/restore/",
        steps.stakeholder_step_restore,
        name="stakeholder_step_restore",
    ),
]
