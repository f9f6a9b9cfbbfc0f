"""How fast a move goes and how long it will still take."""

from __future__ import annotations

from collections import deque

from wizard.ui.words import counted, lasting

WINDOW = 30.0
ENOUGH = 4.0


class Pace:
    """Fed with how many items are done at which second of a steady clock.

    The rate is that of the last half minute, so that a pause or a slow photo does not
    haunt the estimate, and nothing is said in the first seconds, when it would jump.
    """

    def __init__(self) -> None:
        self._points: deque[tuple[float, int]] = deque()
        self._shown: float | None = None

    def restart(self) -> None:
        """Forget the past: the move was paused or waited."""
        self._points.clear()
        self._shown = None

    def add(self, done: int, second: float) -> None:
        if self._points and second - self._points[-1][0] < 0.5:
            return
        self._points.append((second, done))
        while second - self._points[0][0] > WINDOW:
            self._points.popleft()

    def per_minute(self) -> float | None:
        """Items per minute, or None while it is too early to tell."""
        if not self._points:
            return None
        (first, before), (last, after) = self._points[0], self._points[-1]
        if last - first < ENOUGH or after == before:
            return None
        return 60 * (after - before) / (last - first)

    def left(self, items: int) -> str:
        """The sentence about the time that ``items`` more will take."""
        rate = self.per_minute()
        if items == 0:
            return "Almost done"
        if rate is None:
            return "Time left: working it out…"
        seconds = 60 * items / rate
        # An estimate that moves by less than a tenth is not worth a flicker.
        if self._shown is None or abs(seconds - self._shown) > self._shown / 10:
            self._shown = seconds
        return f"About {lasting(self._shown)} left"

    def rate(self) -> str:
        """``42 items a minute``, or "" while it is too early to tell."""
        rate = self.per_minute()
        return f"{counted(max(1, round(rate)), 'item')} a minute" if rate else ""
