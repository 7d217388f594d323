"""Addresses of scorecards, below /w/<slug>/."""

from django.urls import path

from scorecards import views

urlpatterns = [
    path("touchpoints/<int:touchpoint_id>/", views.touchpoint, name="touchpoint"),
]
