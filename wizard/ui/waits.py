"""What is said while nothing comes: why we wait, until when, or that it is too quiet."""

from __future__ import annotations

from dataclasses import dataclass

from wizard.move.events import Trouble
from wizard.ui.words import countdown, counted

STALL = 40.0
STOPPING = 5.0
# So long after something was done the rest is taken to go on.
LIVELY = 10.0
# A longer gap between two looks means that the computer slept.
ASLEEP = 5.0


@dataclass(frozen=True, slots=True)
class Said:
    """``hurry``: trying at once, without waiting any longer, makes sense."""

    title: str
    hint: str
    hurry: bool = False


class Waits:
    """Fed with what is heard of a run and with the time; says what a person should know.

    ``place``: where answers are awaited from.
    """

    def __init__(self, place: str, second: float) -> None:
        self._place = place
        self._heard = self._looked = second
        self._wait: tuple[Trouble, float, bool] | None = None
        self._goes_on = False
        self._stopping: float | None = None

    @property
    def held(self) -> bool:
        """Whether everything stands still until a wait is over."""
        return self._wait is not None and not self._goes_on

    def heard(self, second: float) -> None:
        """Something was done."""
        self._heard, self._goes_on = second, True
        if self._wait is not None and self._wait[1] <= second:
            self._wait = None

    def wait(
        self, trouble: Trouble, seconds: float, second: float, *, hurry: bool = False
    ) -> None:
        """The move waits; of several waits the longest is told."""
        self._heard, self._goes_on = second, False
        until = second + seconds
        if self._wait is None or until > self._wait[1]:
            self._wait = (trouble, until, hurry)

    def stop(self, second: float) -> None:
        """The person has asked to pause."""
        self._stopping = second

    def look(self, second: float) -> Said | None:
        """What to say at this second, if anything."""
        gap, self._looked = second - self._looked, second
        if gap > ASLEEP:
            self._sleep(gap)
        self._goes_on = self._goes_on and second - self._heard < LIVELY
        if self._stopping is not None:
            return self._say_stopping(second - self._stopping)
        if self._wait is not None:
            return self._say_wait(second)
        quiet = second - self._heard
        return self._say_stall(quiet) if quiet >= STALL else None

    def _sleep(self, gap: float) -> None:
        """Nobody waited for anything meanwhile."""
        self._heard += gap
        if self._wait is not None:
            trouble, until, hurry = self._wait
            self._wait = (trouble, until + gap, hurry)

    def _say_wait(self, second: float) -> Said | None:
        assert self._wait is not None
        trouble, until, hurry = self._wait
        left = until - second
        if left <= 0 and self._goes_on:
            self._wait = None
            return None
        if left <= -STALL:
            return self._say_stall(-left)
        then = f"Going on in {countdown(left)}." if left > 0 else "Trying again now…"
        if self._goes_on:
            then = f"The rest goes on meanwhile; this one in {countdown(left)}."
        hint = f"{trouble.hint} {then}".strip()
        return Said(trouble.title, hint, hurry and left > 1 and not self._goes_on)

    def _say_stall(self, quiet: float) -> Said:
        return Said(
            f"Nothing has come back from {self._place} for {_for(quiet)}.",
            "It may be busy with a large photo, or the connection may hang. I go on by "
            "myself as soon as it answers. Nothing is lost: you can also pause now and "
            "go on later.",
        )

    def _say_stopping(self, seconds: float) -> Said | None:
        if seconds < STOPPING:
            return None
        return Said(
            f"Still waiting for the last answer from {self._place}.",
            "What is on its way is brought to a safe point first; then I pause. You can "
            "also close the window: nothing is lost, and nothing will be sent twice.",
        )


def _for(seconds: float) -> str:
    if seconds < 120:
        return f"{seconds:.0f} seconds"
    return counted(int(seconds // 60), "minute")
