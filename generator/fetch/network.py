"""One GET: bounded in size and time, redirects followed by hand, the media type checked."""

from __future__ import annotations

import time
import zlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import requests
import urllib3

from generator.fetch.addresses import GuardedAdapter, check_address
from generator.fetch.clock import Clock, seconds_to_wait
from generator.fetch.problems import FetchError, TemporaryError, UnwelcomeError

_TEMPORARY = {408, 425, 429, 500, 502, 503, 504}
_REDIRECTS = {301, 302, 303, 307, 308}
_ABSENT = {404, 410}
_UNWELCOME = {401, 402, 403}
_CHUNK = 65_536
_MEMBER = b"\x1f"
"""How a member of gzip begins (RFC 1952)."""
_GZIP = 16 + zlib.MAX_WBITS
"""Says to zlib that there is a header of gzip."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds of one answer."""

    connect: float = 10.0
    """Seconds until a connection stands."""
    read: float = 60.0
    """Seconds between two pieces of the answer."""
    total: float = 300.0
    """Seconds for the whole answer."""
    size: int = 64 * 2**20
    """Bytes of the body, decompressed."""
    redirects: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What an address answered."""

    url: str
    """Where it was found, behind all redirects."""
    is_found: bool
    """False where the service says that there is no such thing; the body is then of no use."""
    kind: str
    """Media type, in lower case, without parameters."""
    charset: str
    """Encoding that the answer states; empty where it does not."""
    body: bytes
    fetched: str
    """The day, `2025-09-03`, in UTC."""


class Network:
    """Asks one thing at a time."""

    def __init__(
        self, agent: str, *, clock: Clock | None = None, limits: Limits | None = None,
        allowed: Collection[str] = (),
    ) -> None:  # fmt: skip
        """`allowed` are private IP addresses that may be asked all the same."""
        self._clock, self._limits = clock or Clock(), limits or Limits()
        self._allowed = frozenset(allowed)
        self._session = requests.Session()
        self._session.headers.update({"User-Agent": agent, "Accept-Encoding": "gzip"})
        self._session.auth = lambda request: request  # keeps the passwords of a .netrc at home
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, GuardedAdapter(self._allowed))

    def get(self, url: str, kinds: Collection[str], headers: Mapping[str, str] | None = None) -> Answer:
        """The answer of the address; `headers` go to its own host only.

        Raises `TemporaryError` where asking again may help, else `FetchError`.
        """
        end = time.monotonic() + self._limits.total
        first = urlsplit(url).netloc
        for _ in range(self._limits.redirects + 1):
            check_address(url, self._allowed)
            sent = headers if headers and urlsplit(url).netloc == first else {}
            with self._open(url, kinds, sent) as response:
                if response.status_code not in _REDIRECTS:
                    return self._answer(response, url, kinds, end)
                url = _redirected(url, response.headers.get("Location", ""))
        raise FetchError(f"more than {self._limits.redirects} redirects")

    def _open(self, url: str, kinds: Collection[str], headers: Mapping[str, str]) -> requests.Response:
        timeout = (self._limits.connect, self._limits.read)
        sent = {**headers, "Accept": ", ".join(kinds)}
        try:
            return self._session.get(url, headers=sent, timeout=timeout, stream=True, allow_redirects=False)
        except requests.Timeout:
            raise TemporaryError(f"{urlsplit(url).hostname} does not answer in time") from None
        except requests.ConnectionError as error:
            raise TemporaryError(f"no connection to {urlsplit(url).hostname}", _why(error)) from None
        except (requests.RequestException, ValueError) as error:  # Of where it redirects to, also.
            raise FetchError(f"not an address that can be asked: {error}") from None

    def _answer(self, response: requests.Response, url: str, kinds: Collection[str], end: float) -> Answer:
        status, host = response.status_code, urlsplit(url).hostname
        if status in _TEMPORARY:
            after = seconds_to_wait(response.headers.get("Retry-After", ""), self._clock.now())
            raise TemporaryError(f"{host} answered {status}", after=after)
        if status in _UNWELCOME:
            raise UnwelcomeError(f"{host} answered {status}", "does it want a key, or a contact?")
        if status != 200 and status not in _ABSENT:
            raise FetchError(f"{host} answered {status}")
        is_found = status == 200
        kind, charset = _media_type(response.headers.get("Content-Type", ""))
        if is_found and kind not in kinds:
            raise FetchError(
                f"{host} answered with {kind or 'no content type'}", f"expected: {', '.join(kinds)}"
            )
        body = self._body(response, end) if is_found else b""
        day = self._clock.now().date().isoformat()
        return Answer(url=url, is_found=is_found, kind=kind, charset=charset, body=body, fetched=day)

    def _body(self, response: requests.Response, end: float) -> bytes:
        """The whole body; `read1` returns what has come, so that a trickle cannot outlast the time."""
        pieces: list[bytes] = []
        size = 0
        packed = _packed(response.headers.get("Content-Encoding", ""))
        try:
            while piece := response.raw.read1(_CHUNK, decode_content=False):
                pieces.append(packed.unpack(piece) if packed else piece)
                size += len(pieces[-1])
                if size > self._limits.size:
                    raise FetchError(f"the answer is larger than {self._limits.size // 2**20} MB")
                if time.monotonic() > end:
                    raise TemporaryError(f"the answer took longer than {self._limits.total:g} seconds")
        except urllib3.exceptions.ReadTimeoutError:
            raise TemporaryError("the answer stopped coming") from None
        except zlib.error:
            raise TemporaryError("the answer is not packed as it says") from None
        except (urllib3.exceptions.HTTPError, OSError) as error:
            raise TemporaryError("the answer broke off", _why(error)) from None
        if packed and pieces and not packed.is_whole:
            raise TemporaryError("the answer broke off within its compression")
        return b"".join(pieces)


class _Gzip:
    """Unpacks gzip of one member or more; unlike urllib3, it knows whether the end has come."""

    def __init__(self) -> None:
        self._member = zlib.decompressobj(_GZIP)

    def unpack(self, piece: bytes) -> bytes:
        """What the next piece holds; what stands behind a member and is none is padding (as for `gzip`)."""
        made = self._member.decompress(piece)
        while (rest := self._member.unused_data).startswith(_MEMBER):
            self._member = zlib.decompressobj(_GZIP)
            made += self._member.decompress(rest)
        return made

    @property
    def is_whole(self) -> bool:
        """True where nothing more is due."""
        return self._member.eof


def _packed(coding: str) -> _Gzip | None:
    """What unpacks an answer of this `Content-Encoding`; None where it is plain."""
    name = coding.strip().lower()
    if name in ("", "identity"):
        return None
    if name not in ("gzip", "x-gzip"):
        raise FetchError(f"the answer is packed as {name[:50]!a}, which nobody asked for")
    return _Gzip()


def _redirected(url: str, location: str) -> str:
    if not location:
        raise FetchError("a redirect without an address")
    target = urljoin(url, location)
    if url.startswith("https:") and not target.startswith("https:"):
        raise FetchError(f"a redirect from https to {urlsplit(target).scheme or 'nothing'}")
    return target


def _media_type(header: str) -> tuple[str, str]:
    """Media type and charset of a `Content-Type`.

    >>> _media_type('Text/HTML; charset="UTF-8"'), _media_type("")
    (('text/html', 'utf-8'), ('', ''))
    """
    kind, *parameters = (part.strip() for part in header.lower().split(";"))
    stated = dict(part.partition("=")[::2] for part in parameters)
    return kind, stated.get("charset", "").strip("\"' ")


def _why(error: Exception) -> str:
    return f"{type(error).__name__}: is the network there?"
