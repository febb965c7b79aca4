"""Which addresses may be asked: http and https, on the public internet, checked when a connection is made.

The check is on the connected socket, not on the name before: a name may resolve differently the second time.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Collection
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

from generator.fetch.problems import FetchError

SCHEMES = ("http", "https")
_PUBLIC = "only public addresses are fetched"


def is_public(address: str) -> bool:
    """True where the IP address is on the public internet, also where it is wrapped in an IPv6 one.

    >>> is_public("151.101.1.42"), is_public("10.0.0.1")
    (True, False)
    >>> is_public("::ffff:127.0.0.1"), is_public("fe80::1%eth0")
    (False, False)
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        wrapped = ip.ipv4_mapped or ip.sixtofour
        return ip.is_global and not ip.is_multicast if wrapped is None else is_public(str(wrapped))
    return ip.is_global and not ip.is_multicast


def check_address(url: str, allowed: Collection[str] = ()) -> None:
    """`FetchError` where the URL is not http or https, carries a password, or names a private address.

    A name that leads to a private address is found out when the connection is made.
    """
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise FetchError(f"not an address: {url[:100]!r}") from None
    if parts.scheme not in SCHEMES or not host:
        raise FetchError(f"not an http or https address: {url[:100]!r}")
    if parts.username is not None or parts.password is not None:
        raise FetchError("an address with a name or password in it", "leave it out")
    with suppress(ValueError):
        _check_ip(str(ipaddress.ip_address(host.partition("%")[0])), allowed)


def _check_ip(address: str, allowed: Collection[str]) -> None:
    if address not in allowed and not is_public(address):
        raise FetchError(f"the address leads to {address}, which is private", _PUBLIC)


def check_peer(connected: socket.socket, allowed: Collection[str]) -> socket.socket:
    """The socket, or `FetchError` where it leads to a private address that is not among the allowed."""
    peer = str(connected.getpeername()[0])
    try:
        _check_ip(peer, allowed)
    except FetchError:
        connected.close()
        raise
    return connected


class GuardedAdapter(HTTPAdapter):
    """Makes connections to public addresses alone, and to those in `allowed`.

    Behind a proxy it is the proxy that connects, so that the check is the proxy's.
    """

    def __init__(self, allowed: Collection[str]) -> None:
        self._allowed = frozenset(allowed)
        super().__init__(pool_connections=4, pool_maxsize=1, max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """As the base class, with connections that are checked."""
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = _guarded_pools(self._allowed)


def _guarded_pools(allowed: frozenset[str]) -> dict[str, type[HTTPConnectionPool]]:
    class Plain(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return check_peer(super()._new_conn(), allowed)

    class Secure(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return check_peer(super()._new_conn(), allowed)

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    return {"http": PlainPool, "https": SecurePool}
