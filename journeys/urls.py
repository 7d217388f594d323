"""Addresses of journeys and their maps, below /w/<slug>/."""

from django.urls import path

from journeys.views import journeys, library

urlpatterns = [
    path("journeys/", journeys.journeys, name="journeys"),
    path("journeys/new/", journeys.journey_create, name="journey_create"),
    path("journeys/<int:journey_id>/edit/", journeys.journey_edit, name="journey_edit"),
    path("journeys/<int:journey_id>/archive/", journeys.journey_archive, name="journey_archive"),
    path("journeys/<int:journey_id>/restore/", journeys.journey_restore, name="journey_restore"),
    path("touchpoints/<int:touchpoint_id>/archive/", library.touchpoint_archive, name="touchpoint_archive"),
]
