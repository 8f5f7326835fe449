"""Readers read, the desk reads and posts; an address that takes no such request says so in words."""

from django.http import HttpResponseNotAllowed

from newsroom.middleware import is_desk
from newsroom.views import not_allowed


def known_methods_middleware(get_response):
    """Nothing here answers to a method that is not known, and a refusal of one, here or by a view, is a page."""

    def middleware(request):
        known = ["GET", "HEAD", "POST"] if is_desk(request) else ["GET", "HEAD"]
        answer = get_response(request) if request.method in known else HttpResponseNotAllowed(known)
        return not_allowed(request, answer["Allow"]) if answer.status_code == 405 else answer

    return middleware
