"""How fast a move goes and how long it will still take: from what was really done."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from statistics import fmean

from wizard.destinations import Kind
from wizard.ui.words import counted, lasting

WINDOW = 60.0
ENOUGH = 4.0
UNSEEN = 20.0
# Between two looks at the clock. A longer gap means that the computer slept or that the
# program was stopped: nothing can have been done in it.
LOOK = 1.0
# How fast the sentence follows a new estimate, in seconds.
CALM = 8.0
KEPT = 60


class Pace:
    """Fed with each settled item, and with the time by many small looks at a clock.

    A photo takes longer than a comment, so each kind has its own cost, measured in this
    very move. Waits and sleep are not time in which things could have been done.
    """

    def __init__(self) -> None:
        self._active = 0.0
        self._looked: float | None = None
        self._since: dict[str, float] = {}
        self._costs: dict[Kind, deque[float]] = {}
        self._settled: deque[tuple[float, Kind]] = deque()
        self._shown: float | None = None
        self._shown_at = 0.0

    def rest(self) -> None:
        """The move was paused: what was learned stays, the time between does not count."""
        self._looked = None
        self._since.clear()

    def look(self, second: float, *, held: bool = False) -> None:
        """The clock says ``second``. ``held``: nothing goes on, we have to wait."""
        if self._looked is not None and not held:
            self._active += min(max(0.0, second - self._looked), LOOK)
        self._looked = second

    def began(self, post: str) -> None:
        self._since[post] = self._active

    def settled(self, kind: Kind, post: str) -> None:
        """One more item of this post is done."""
        took = self._active - self._since.get(post, self._active)
        self._since[post] = self._active
        self._costs.setdefault(kind, deque(maxlen=KEPT)).append(took)
        self._settled.append((self._active, kind))

    def left(self, todo: Mapping[Kind, int]) -> str:
        """The sentence about the time that all of ``todo`` will take."""
        if not any(todo.values()):
            return "Almost done"
        seconds = self._estimate(todo)
        if seconds is None:
            return "Time left: working it out…"
        passed, self._shown_at = self._active - self._shown_at, self._active
        if self._shown is None:
            self._shown = seconds
        else:
            # It runs down like a clock and is drawn towards what is found out since.
            clock = max(0.0, self._shown - passed)
            self._shown = clock + (seconds - clock) * min(1.0, passed / CALM)
        return f"About {lasting(self._shown)} left"

    def rate(self) -> str:
        """``42 items a minute``, or "" while it is too early to tell."""
        passed = self._passed()
        if passed < ENOUGH or not self._settled:
            return ""
        a_minute = max(1, round(60 * len(self._settled) / passed))
        return f"{counted(a_minute, 'item')} a minute"

    def _passed(self) -> float:
        """How much of the last minute of work we have seen; forgets what is older."""
        while self._settled and self._active - self._settled[0][0] > WINDOW:
            self._settled.popleft()
        return min(self._active, WINDOW)

    def _estimate(self, todo: Mapping[Kind, int]) -> float | None:
        """The last minute's work took so long; what is left is so many times that."""
        passed = self._passed()
        if passed < ENOUGH or not self._settled:
            return None
        costs = {kind: fmean(taken) for kind, taken in self._costs.items()}
        unseen = [kind for kind, number in todo.items() if number and kind not in costs]
        if unseen and self._active < UNSEEN:
            return None
        usual = fmean(costs.values())
        done = sum(costs[kind] for _, kind in self._settled)
        work = sum(costs.get(kind, usual) * number for kind, number in todo.items())
        if done <= 0:
            return None
        return passed * work / done
