"""Webhooks: which programs elsewhere are told of what, and what has been told."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from workspaces import clock
from workspaces.access import WorkspaceRequest, door, row
from workspaces.actions import (
    add_webhook,
    edit_webhook,
    pause_webhook,
    remove_webhook,
    resume_webhook,
    roll_secret,
    send_again,
    send_test,
)
from workspaces.editing import save, status
from workspaces.errors import Refused, Stale
from workspaces.forms.webhooks import WebhookForm
from workspaces.models import DeliveryState, Role, WebhookDelivery, WebhookEndpoint

ON_A_PAGE = 50


@require_safe
@door(Role.ADMIN)
def webhooks(request: WorkspaceRequest) -> HttpResponse:
    """All of the workspace, with what was told last."""
    found = WebhookEndpoint.objects.of(request.workspace).by_name()
    return render(request, "workspaces/webhooks.html", {"webhooks": found})


@require_http_methods(["GET", "POST"])
@door(Role.ADMIN)
def webhook_create(request: WorkspaceRequest) -> HttpResponse:
    """A form for a new webhook; then its secret, this once."""
    form = WebhookForm(request.POST or None)
    if made := save(form, add_webhook, request.workspace, by=request.user):
        return render(request, "workspaces/webhook_made.html", {"webhook": made[0], "secret": made[1]})
    return render(request, "workspaces/webhook_edit.html", {"form": form}, status=status(form))


@require_safe
@door(Role.ADMIN)
def webhook(request: WorkspaceRequest, webhook_id: int) -> HttpResponse:
    """A webhook and its log, the newest delivery first. With `HX-Request` the log alone."""
    endpoint = row(WebhookEndpoint, request, pk=webhook_id)
    log = WebhookDelivery.objects.of(request.workspace).filter(endpoint=endpoint).defer("body").order_by("-pk")
    page = Paginator(log, ON_A_PAGE).get_page(request.GET.get("page"))
    fresh = any(one.is_under_way and not one.error for one in page)
    template = "workspaces/webhook.html#log" if request.htmx else "workspaces/webhook.html"
    context = {"webhook": endpoint, "page": page, "now": clock.now(), "look_again": endpoint.is_on and fresh}
    return render(request, template, context)


@require_http_methods(["GET", "POST"])
@door(Role.ADMIN)
def webhook_edit(request: WorkspaceRequest, webhook_id: int) -> HttpResponse:
    """A form for its name, address and events."""
    endpoint = row(WebhookEndpoint, request, pk=webhook_id)
    form = WebhookForm(request.POST or None, instance=endpoint)
    if save(form, edit_webhook, endpoint, by=request.user):
        messages.success(request, _("Saved."))
        return redirect("webhook", request.workspace.slug, webhook_id)
    context = {"form": form, "webhook": row(WebhookEndpoint, request, pk=webhook_id)}
    return render(request, "workspaces/webhook_edit.html", context, status=status(form))


@require_http_methods(["GET", "POST"])
@door(Role.ADMIN)
def webhook_roll(request: WorkspaceRequest, webhook_id: int) -> HttpResponse:
    """Ask first, then make a new secret and show it, this once."""
    endpoint = row(WebhookEndpoint, request, pk=webhook_id)
    if request.method == "GET":
        return render(request, "workspaces/webhook_roll.html", {"webhook": endpoint})
    version = request.POST.get("version", "")
    try:
        endpoint, secret = roll_secret(endpoint, version=int(version) if version.isdecimal() else 0, by=request.user)
    except Stale:  # sent twice: a second roll would end the secret that receivers still use
        messages.error(request, _("It was changed meanwhile, so its secret is as it was. Look, then roll it again."))
        return redirect("webhook", request.workspace.slug, webhook_id)
    return render(request, "workspaces/webhook_made.html", {"webhook": endpoint, "secret": secret, "rolled": True})


@require_POST
@door(Role.ADMIN)
def webhook_pause(request: WorkspaceRequest, webhook_id: int) -> HttpResponse:
    """Tell it nothing for now."""
    pause_webhook(row(WebhookEndpoint, request, pk=webhook_id), by=request.user)
    return redirect("webhook", request.workspace.slug, webhook_id)


@require_POST
@door(Role.ADMIN)
def webhook_resume(request: WorkspaceRequest, webhook_id: int) -> HttpResponse:
    """Tell it again."""
    resume_webhook(row(WebhookEndpoint, request, pk=webhook_id), by=request.user)
    return redirect("webhook", request.workspace.slug, webhook_id)


@require_http_methods(["GET", "POST"])
@door(Role.ADMIN)
def webhook_remove(request: WorkspaceRequest, webhook_id: int) -> HttpResponse:
    """Ask first, then remove it."""
    endpoint = row(WebhookEndpoint, request, pk=webhook_id)
    if request.method == "GET":
        waiting = endpoint.deliveries.filter(state=DeliveryState.WAITING).count()
        return render(request, "workspaces/webhook_remove.html", {"webhook": endpoint, "waiting": waiting})
    remove_webhook(endpoint, by=request.user)
    messages.success(request, _("“%(name)s” is removed.") % {"name": endpoint})
    return redirect("webhooks", request.workspace.slug)


@require_POST
@door(Role.ADMIN)
def webhook_test(request: WorkspaceRequest, webhook_id: int) -> HttpResponse:
    """Send it an event that says that it is a test."""
    try:
        send_test(row(WebhookEndpoint, request, pk=webhook_id))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("A test is on its way."))
    return redirect("webhook", request.workspace.slug, webhook_id)


@require_POST
@door(Role.ADMIN)
def delivery_again(request: WorkspaceRequest, webhook_id: int, delivery_id: int) -> HttpResponse:
    """Send a delivery once more."""
    delivery = row(WebhookDelivery, request, pk=delivery_id, endpoint=webhook_id)
    try:
        send_again(delivery)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("It is on its way once more."))
    return redirect("webhook", request.workspace.slug, webhook_id)
