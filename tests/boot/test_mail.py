"""EMAIL_URL."""

import pytest

from config.mail import smtp_settings


def test_starttls_with_an_escaped_password() -> None:
    found = smtp_settings("smtp+tls://post%40example.org:p%2Fw@mail.example.org")
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"]) == ("mail.example.org", 587)
    assert (found["EMAIL_HOST_USER"], found["EMAIL_HOST_PASSWORD"]) == ("post@example.org", "p/w")
    assert (found["EMAIL_USE_TLS"], found["EMAIL_USE_SSL"]) == (True, False)


@pytest.mark.parametrize("url", ["mail.example.org:25", "http://mail.example.org", "smtp://"])
def test_anything_else_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="EMAIL_URL begins with smtp://"):
        smtp_settings(url)
