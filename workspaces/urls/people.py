"""Addresses outside any workspace: sign-in, one's own settings, invitations."""

from allauth.account.urls import urlpatterns as account_urls
from allauth.socialaccount.providers.openid_connect import views as oidc
from allauth.socialaccount.urls import urlpatterns as social_urls
from django.urls import include, path

from workspaces.views import digests, invitations, people

# Of allauth's pages only what people need here. Signing up, and changing one's address without proof that it is one's
# own, are not offered: who holds an address is trusted with its invitations.
OFFERED = {
    "account_login",
    "account_logout",
    "account_inactive",
    "account_reauthenticate",
    "account_change_password",
    "account_set_password",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "socialaccount_login_cancelled",
    "socialaccount_login_error",
}

urlpatterns = [
    path("", people.start, name="start"),
    path("preferences/", people.preferences, name="preferences"),
    path("digest/off/<str:signed>/", digests.digest_off, name="digest_off"),
    path("workspaces/new/", people.workspace_create, name="workspace_create"),
    path("sign-in/<str:secret>/", people.sign_in_link, name="sign_in_link"),
    path("invitation/<str:secret>/", invitations.invitation, name="invitation"),
    path("accounts/", include([route for route in account_urls if route.name in OFFERED])),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("accounts/company/", include([route for route in social_urls if route.name in OFFERED])),
    path("accounts/oidc/<str:provider_id>/login/", people.company_sign_in, name="openid_connect_login"),
    path("accounts/oidc/<str:provider_id>/login/callback/", oidc.callback, name="openid_connect_callback"),
]
