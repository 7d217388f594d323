"""How allauth signs people in here: by e-mail and password, by a link, or by the company's own OIDC."""

import datetime
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import LoginForm
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from workspaces.actions import enter_by_company
from workspaces.mail import send
from workspaces.models import User


def safe_next(request: HttpRequest, otherwise: str = "/") -> str:
    """Where `next` of form or query leads, if that is one of our own pages."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    here = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if here else otherwise


def sign_in(request: HttpRequest, user: User) -> HttpResponse:
    """Sign somebody in who has proved to be that person, by way of the second factor if they have one."""
    record_authentication(request, user, method="link")
    response: HttpResponse = perform_login(request, Login(user=user, redirect_url=safe_next(request)))
    return response


def end_later(request: HttpRequest) -> None:
    """Let the session end 14 days after sign-in, however much it is used."""
    lives = datetime.timedelta(seconds=settings.SESSION_COOKIE_AGE)
    request.session.set_expiry(timezone.now() + lives)


class SignInForm(LoginForm):  # type: ignore[misc]
    """E-mail and password. allauth's own form would count the 14 days anew with every click."""

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        """Sign in."""
        response: HttpResponse = super().login(request, redirect_url)
        end_later(request)
        return response


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up by themselves: people come by invitation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Only by invitation."""
        return False

    def login(self, request: HttpRequest, user: User) -> None:
        """Begin a session, by whichever way the person came."""
        super().login(request, user)
        end_later(request)

    def is_safe_url(self, url: str | None) -> bool:
        """Only pages of this host, over https where we are."""
        return url_has_allowed_host_and_scheme(
            url, allowed_hosts={self.request.get_host()}, require_https=self.request.is_secure()
        )

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send allauth's mails as all of ours: in the person's language, and a dead mail server is no 500."""
        user = context.get("user")
        send(template_prefix, to=email, language=getattr(user, "language", ""), **context)


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """The company's own sign-in. It says who somebody is; who may enter is still said by members and invitations."""

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> User:
        """Take the name over."""
        user: User = super().populate_user(request, sociallogin, data)
        parts = (data.get("first_name"), data.get("last_name"))
        user.name = (data.get("name") or " ".join(part for part in parts if part))[:200]
        return user

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Let in whom we know, or who was invited, by an address that the company has verified."""
        # It signs in and nothing else: there is no page on which accounts are connected by hand.
        sociallogin.state["process"] = AuthProcess.LOGIN
        if sociallogin.is_existing:
            return
        verified = [address.email for address in sociallogin.email_addresses if address.verified is True]
        user = enter_by_company(verified, name=sociallogin.user.name)
        if user is None:
            messages.error(request, refusal(has_address=bool(verified)))
            raise ImmediateHttpResponse(redirect("account_login"))
        sociallogin.connect(request, user)


def refusal(*, has_address: bool) -> str:
    """Why the company's word did not suffice."""
    if has_address:
        return _("Nobody has invited this address yet. Ask an admin of your workspace for an invitation.")
    return _("Your company's sign-in did not confirm an e-mail address, so Etappe cannot tell who you are.")
