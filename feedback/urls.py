"""Addresses of answers and insights, below /w/<slug>/."""

from django.urls import path

from feedback.views import insights

urlpatterns = [
    path("touchpoints/<int:touchpoint_id>/insights/new/", insights.insight_create, name="insight_create"),
    path("insights/<int:insight_id>/edit/", insights.insight_edit, name="insight_edit"),
    path("insights/<int:insight_id>/archive/", insights.insight_archive, name="insight_archive"),
    path("insights/<int:insight_id>/restore/", insights.insight_restore, name="insight_restore"),
]
