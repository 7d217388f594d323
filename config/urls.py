"""Addresses. Pages of a workspace live under /w/<slug>/."""

from django.urls import include, path

from config import probes
from feedback.urls import public_urls
from journeys.urls import shared_urls

urlpatterns = [
    path("healthz", probes.healthz, name="healthz"),
    path("readyz", probes.readyz, name="readyz"),
    path("metrics", probes.metrics, name="metrics"),
    path("", include("workspaces.urls.people")),
    path("", include(shared_urls)),
    path("", include(public_urls)),
    path("api/v1/", include("config.api")),
    path("w/<slug:slug>/", include("scorecards.urls")),
    path("w/<slug:slug>/", include("journeys.urls")),
    path("w/<slug:slug>/", include("touchpoints.urls")),
    path("w/<slug:slug>/", include("personas.urls")),
    path("w/<slug:slug>/", include("measures.urls")),
    path("w/<slug:slug>/", include("feedback.urls")),
    path("w/<slug:slug>/", include("workspaces.urls")),
]

handler400 = "workspaces.problems.bad_request"
handler403 = "workspaces.problems.permission_denied"
handler404 = "workspaces.problems.not_found"
handler500 = "workspaces.problems.server_error"
