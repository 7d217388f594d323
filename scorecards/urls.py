"""Addresses of scorecards, below /w/<slug>/."""

from django.urls import path

from scorecards.views import health, jump, table, touchpoint

urlpatterns = [
    path("jump/", jump.jump, name="jump"),
    path("scorecards/", table.scorecards, name="scorecards"),
    path("touchpoints/<int:touchpoint_id>/", touchpoint.touchpoint, name="touchpoint"),
    path("touchpoints/<int:touchpoint_id>/panel/", health.touchpoint_panel, name="touchpoint_panel"),
    path("touchpoints/<int:touchpoint_id>/explain/", health.touchpoint_explain, name="touchpoint_explain"),
]
