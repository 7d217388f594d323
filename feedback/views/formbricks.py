"""Where a Formbricks posts what was answered there: no account and no cookie, but a signature."""

from collections import Counter

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from feedback.actions.formbricks import hear_formbricks, refuse_message
from feedback.formbricks import TEST, NotFormbricks, read
from feedback.models import Formbricks
from feedback.models.survey import KEY
from workspaces import clock, signatures
from workspaces.guard import JSON_LIMIT, Unreadable, json_of, length, too_large
from workspaces.problems import problem
from workspaces.secrets import Lost, unseal

FATES = ("stored", "edited", "unchanged", "refused", "missed")


@csrf_exempt
@never_cache
@require_POST
def formbricks_in(request: HttpRequest, key: str) -> HttpResponse:
    """Take in one message. 200 when answers were stored or are known, 202 when there was nothing to store.

    404: no such connection; 413 and 400: no message; 401: unsigned, signed by another, or from another time.
    """
    here = Formbricks.objects.kept().filter(key=key) if KEY.fullmatch(key) else Formbricks.objects.none()
    formbricks = here.select_related("workspace").first()
    if formbricks is None:
        return problem(404)
    if length(request) > JSON_LIMIT:
        return problem(413, too_large(JSON_LIMIT))
    try:
        return told(take_in(request, formbricks))
    except Unreadable as unreadable:
        return problem(400, str(unreadable))
    except NotFormbricks:
        return problem(400, _("This is no message of Formbricks."))
    except signatures.NotBelieved as refusal:
        refuse_message(formbricks, refusal.fault)
        return problem(401, str(refusal.fault.label).capitalize())


def take_in(request: HttpRequest, formbricks: Formbricks) -> Counter[str]:
    """What became of the answers of a message. Raises Unreadable, NotFormbricks and NotBelieved."""
    body = json_of(request)
    if body == TEST and "webhook-signature" not in request.headers:
        return Counter()  # it says nothing, so it needs no signature
    message = believe(request, formbricks)
    filled = read(body, sent_at=message.sent_at)
    return hear_formbricks(formbricks, filled, message) if filled and filled.finished else Counter()


def believe(request: HttpRequest, formbricks: Formbricks) -> signatures.Message:
    """The message, if the connection's secret signed it just now. Raises NotBelieved."""
    if not formbricks.secret:
        raise signatures.NotBelieved(signatures.Fault.NO_SECRET)
    try:
        key = signatures.key_of(unseal(formbricks.secret))
    except Lost:
        raise signatures.NotBelieved(signatures.Fault.NO_SECRET) from None
    return signatures.believed(request.headers, request.body, key=key, now=clock.now())


def told(counts: Counter[str]) -> JsonResponse:
    """What became of the answers."""
    fates = {fate: counts[fate] for fate in FATES}
    known = counts["stored"] + counts["edited"] + counts["unchanged"]
    return JsonResponse(fates, status=200 if known else 202)
