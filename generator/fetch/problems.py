"""What goes wrong on the network, as exceptions within `fetch/`; the edge turns them into problems."""

from __future__ import annotations


class FetchError(Exception):
    """Asking again would not help: the address, the answer or the service is not as it must be."""

    def __init__(self, what: str, hint: str = "") -> None:
        super().__init__(what)
        self.what, self.hint = what, hint


class NotCachedError(FetchError):
    """Offline, and the answer was never fetched."""


class UnwelcomeError(FetchError):
    """The service does not want to be asked by us; nothing more is asked of it."""


class TemporaryError(FetchError):
    """Asking again later may help."""

    def __init__(self, what: str, hint: str = "run the command again later", after: float = 0.0) -> None:
        super().__init__(what, hint)
        self.after = after
        """Seconds that the service asks to wait; 0 where it does not say."""
