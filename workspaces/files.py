"""Files that people take with them."""

from django.http import HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.http import content_disposition_header
from django.utils.text import slugify


def as_file(content: bytes, kind: str, name: str, ending: str) -> HttpResponse:
    """A file to keep, named after what is in it."""
    named = f"{slugify(name) or 'etappe'}.{ending}"
    header = content_disposition_header(as_attachment=True, filename=named)
    response = HttpResponse(content, content_type=kind, headers={"Content-Disposition": header or "attachment"})
    patch_cache_control(response, private=True, no_store=True)
    return response
