"""Time as a value that is passed in, so that nothing below waits in a test."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """The time of day, and waiting."""

    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    """The time, in UTC."""
    sleep: Callable[[float], None] = time.sleep
    """Waits so many seconds."""


def seconds_to_wait(header: str, now: datetime) -> float:
    """Seconds of a `Retry-After`, a number or an HTTP date (RFC 9110, 10.2.3); 0 for anything else.

    >>> seconds_to_wait("120", datetime(2025, 9, 3, tzinfo=UTC))
    120.0
    >>> seconds_to_wait("Wed, 03 Sep 2025 00:01:00 GMT", datetime(2025, 9, 3, tzinfo=UTC))
    60.0
    >>> seconds_to_wait("soon", datetime(2025, 9, 3, tzinfo=UTC))
    0.0
    """
    header = header.strip()
    if header.isascii() and header.isdigit() and len(header) < 8:
        return float(header)
    try:
        at = parsedate_to_datetime(header)
    except (ValueError, TypeError, IndexError, OverflowError):
        return 0.0
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return max((at - now).total_seconds(), 0.0)
