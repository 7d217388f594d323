"""Addresses within a workspace."""

from django.urls import path

from workspaces.views import attributes, digests, invitations, members, notices, settings, teams, tokens, webhooks

urlpatterns = [
    path("settings/", settings.settings, name="settings"),
    path("audit/", settings.audit, name="settings_audit"),
    path("notices/", notices.notices, name="notices"),
    path("notices/<int:notice_id>/read/", notices.notice_read, name="notice_read"),
    path("digest/", digests.digest_days, name="digest_days"),
    path("members/", members.members, name="members"),
    path("members/<int:member_id>/", members.member_edit, name="member_edit"),
    path("members/<int:member_id>/remove/", members.member_remove, name="member_remove"),
    path("leave/", members.leave, name="member_leave"),
    path("invitations/new/", invitations.invitation_create, name="invitation_create"),
    path("invitations/<int:invitation_id>/resend/", invitations.invitation_resend, name="invitation_resend"),
    path("invitations/<int:invitation_id>/withdraw/", invitations.invitation_withdraw, name="invitation_withdraw"),
    path("teams/", teams.teams, name="teams"),
    path("teams/new/", teams.team_create, name="team_create"),
    path("teams/<int:team_id>/", teams.team_edit, name="team_edit"),
    path("teams/<int:team_id>/archive/", teams.team_archive, name="team_archive"),
    path("teams/<int:team_id>/restore/", teams.team_restore, name="team_restore"),
    path("interface/", tokens.interface, name="interface"),
    path("attributes/", attributes.attributes, name="attributes"),
    path("attributes/new/", attributes.attribute_create, name="attribute_create"),
    path("attributes/<int:attribute_id>/", attributes.attribute_edit, name="attribute_edit"),
    path("attributes/<int:attribute_id>/archive/", attributes.attribute_archive, name="attribute_archive"),
    path("attributes/<int:attribute_id>/restore/", attributes.attribute_restore, name="attribute_restore"),
    path("tokens/", tokens.tokens, name="tokens"),
    path("tokens/new/", tokens.token_create, name="token_create"),
    path("tokens/<int:token_id>/end/", tokens.token_end, name="token_end"),
    path("webhooks/", webhooks.webhooks, name="webhooks"),
    path("webhooks/new/", webhooks.webhook_create, name="webhook_create"),
    path("webhooks/<int:webhook_id>/", webhooks.webhook, name="webhook"),
    path("webhooks/<int:webhook_id>/edit/", webhooks.webhook_edit, name="webhook_edit"),
    path("webhooks/<int:webhook_id>/secret/", webhooks.webhook_roll, name="webhook_roll"),
    path("webhooks/<int:webhook_id>/pause/", webhooks.webhook_pause, name="webhook_pause"),
    path("webhooks/<int:webhook_id>/resume/", webhooks.webhook_resume, name="webhook_resume"),
    path("webhooks/<int:webhook_id>/remove/", webhooks.webhook_remove, name="webhook_remove"),
    path("webhooks/<int:webhook_id>/test/", webhooks.webhook_test, name="webhook_test"),
    path(
        "webhooks/<int:webhook_id>/deliveries/<int:delivery_id>/again/", webhooks.delivery_again, name="delivery_again"
    ),
]
