"""Secrets: in the system's keyring, or in memory and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass


class Secret:
    """A password that does not show itself when printed, logged or pickled."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """The password itself; call it at the door to the network and nowhere else."""
        return self._value

    def __repr__(self) -> str:
        return "Secret(…)"

    def __bool__(self) -> bool:
        return bool(self._value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._value == self._value

    def __hash__(self) -> int:
        return hash(self._value)

    def __reduce__(self) -> str | tuple[object, ...]:
        raise TypeError("a Secret is never written anywhere")


@dataclass(frozen=True, slots=True)
class Field:
    """One question that a source or destination needs answered.

    ``secret``: the answer is a password; it goes to the keyring and is never shown.
    """

    name: str
    label: str
    hint: str = ""
    secret: bool = False
