"""Addresses of measures, below /w/<slug>/."""

from django.urls import path

from measures.views import causes, measures, reviews

urlpatterns = [
    path("settings/causes/", causes.settings_causes, name="settings_causes"),
    path("measures/new/", measures.measure_create, name="measure_create"),
    path("measures/<int:measure_id>/edit/", measures.measure_edit, name="measure_edit"),
    path("measures/<int:measure_id>/cost/", measures.measure_cost, name="measure_cost"),
    path("measures/<int:measure_id>/move/", measures.measure_move, name="measure_move"),
    path("measures/<int:measure_id>/controls/", reviews.review_controls, name="measure_controls"),
    path("measures/<int:measure_id>/archive/", measures.measure_archive, name="measure_archive"),
    path("measures/<int:measure_id>/restore/", measures.measure_restore, name="measure_restore"),
]
