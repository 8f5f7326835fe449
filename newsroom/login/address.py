"""Whence a request comes: as far as a proxy of ours says, and no more of it than is needed."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

UNKNOWN = "an address that is not known"  # of a server that listens on a socket file, without a proxy that tells


def address_of(request) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """Behind `NEWSROOM_PROXIES` proxies the address that the outermost of them was asked from. Whatever stands before
    it in the header is the visitor's own invention."""
    said = [
        part.strip()
        for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        if part.strip()
    ]
    count = settings.NEWSROOM_PROXIES
    told = said[-min(count, len(said))] if count and said else request.META.get("REMOTE_ADDR", "")
    return parsed(told) or parsed(request.META.get("REMOTE_ADDR", ""))


def parsed(text: str):
    """An address as proxies write it: also with a port, in brackets, or an IPv4 address inside IPv6."""
    text = text.strip('"')
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        found = ipaddress.ip_address(text)
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found


def network_of(request, *, v4: int, v6: int) -> str:
    """The network of so many bits that the request comes from: "203.0.113.0/24"."""
    address = address_of(request)
    if address is None:
        return UNKNOWN
    bits = v4 if address.version == 4 else v6
    return str(ipaddress.ip_network((address, bits), strict=False))


def one_household(request: HttpRequest) -> str:
    """What counts as one address: of IPv6 a provider gives everybody a /64."""
    return network_of(request, v4=32, v6=64)


def for_the_record(request: HttpRequest) -> str:
    """What the logbook keeps for good: enough to see that somebody came from elsewhere, too little to say who."""
    return network_of(request, v4=24, v6=48)
