"""Everything that may go wrong and that a person may have to read.

MoveError
├── SourceError              the old blog
│   ├── Unreadable           it cannot be opened or is damaged
│   ├── NothingFound         it opens, but holds no posts we know
│   ├── HostClosed           the address belongs to a service that is gone
│   └── PhotoMissing         one photo is not there or is no picture
├── NetworkError             between here and there
│   ├── Unreachable          nothing was sent; trying again is safe
│   ├── Ambiguous            it may or may not have happened: look before sending again
│   ├── Throttled            the server asks us to wait
│   ├── WrongParty           somebody else answered (sign-in page of a café, moved site)
│   └── Unsafe               an address we never ask (private network, wrong scheme)
├── SignInFailed             who are you?
├── NotAllowed               the account may not do this
├── Refused                  a clear and lasting no to one thing
└── MoveFileError            the .move file cannot be used

``title`` says what happened, ``hint`` what to do. Both are plain text.
"""

from __future__ import annotations


class MoveError(Exception):
    """A failure in words. ``code`` is the server's or our own short name for it."""

    def __init__(self, title: str, hint: str = "", *, code: str = "") -> None:
        super().__init__(title)
        self.title = title
        self.hint = hint
        self.code = code

    def __str__(self) -> str:
        return f"{self.title} {self.hint}".strip()


class SourceError(MoveError):
    """Something about the old blog."""


class Unreadable(SourceError):
    """The source cannot be opened, or a part of it is damaged."""


class NothingFound(SourceError):
    """The source can be opened, but holds nothing we know how to read."""


class HostClosed(SourceError):
    """The address belongs to a service that does not exist any more."""


class PhotoMissing(SourceError):
    """One photo is not in the source, or its bytes are no picture."""


class NetworkError(MoveError):
    """Something between this computer and a server."""


class Unreachable(NetworkError):
    """No request was sent; sending it again is safe."""


class Ambiguous(NetworkError):
    """No clear answer: what was asked may have happened. Look before sending again.

    ``attachment``: the id WordPress named in ``X-WP-Upload-Attachment-ID``, or 0.
    """

    def __init__(
        self, title: str, hint: str = "", *, code: str = "", attachment: int = 0
    ) -> None:
        super().__init__(title, hint, code=code)
        self.attachment = attachment


class Throttled(NetworkError):
    """Nothing was done; the server asks to wait ``seconds`` first."""

    def __init__(
        self, title: str, hint: str = "", *, code: str = "", seconds: float = 60
    ) -> None:
        super().__init__(title, hint, code=code)
        self.seconds = seconds


class WrongParty(NetworkError):
    """Somebody other than the server we meant has answered."""


class Unsafe(NetworkError):
    """An address that this program never asks."""


class SignInFailed(MoveError):
    """The server does not accept who we say we are."""


class NotAllowed(MoveError):
    """The server knows the account, and it may not do this."""


class Refused(MoveError):
    """A clear and lasting no to one thing; sending it again would not help."""


class MoveFileError(MoveError):
    """The .move file cannot be opened, or belongs to somebody else now."""
