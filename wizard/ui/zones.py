"""A list of the world's clocks that can be searched by city or country."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter

# Cities that the zone database does not name after themselves, under the zone that
# keeps their clock, as people would look for them.
ALSO = {
    "Asia/Shanghai": "China: Beijing, Shanghai, Guangzhou",
    "Asia/Kolkata": "India: Delhi, Mumbai, Kolkata",
    "Asia/Tokyo": "Japan: Tokyo, Osaka",
    "Asia/Seoul": "Korea: Seoul",
    "Asia/Ho_Chi_Minh": "Vietnam: Hanoi, Ho Chi Minh City",
    "Asia/Riyadh": "Saudi Arabia, Kuwait: Riyadh",
    "Australia/Sydney": "Australia: Sydney, Canberra",
    "America/New_York": "US and Canada, Eastern: New York, Boston, Miami",
    "America/Chicago": "US and Canada, Central: Chicago, Dallas, Houston",
    "America/Denver": "US and Canada, Mountain: Denver, Salt Lake City",
    "America/Los_Angeles": "US and Canada, Pacific: Los Angeles, Seattle, San Francisco",
    "America/Sao_Paulo": "Brazil: São Paulo, Rio de Janeiro, Brasília",
    "America/Mexico_City": "Mexico: Mexico City, Guadalajara",
    "America/Argentina/Buenos_Aires": "Argentina: Buenos Aires",
    "Europe/London": "United Kingdom: London, Edinburgh",
    "Europe/Paris": "France: Paris, Lyon, Marseille",
    "Europe/Berlin": "Germany: Berlin, Hamburg, Munich",
    "Europe/Rome": "Italy: Rome, Milan",
    "Europe/Madrid": "Spain: Madrid, Barcelona",
    "Europe/Amsterdam": "Netherlands: Amsterdam, The Hague",
    "Europe/Istanbul": "Turkey: Istanbul, Ankara",
    "Europe/Moscow": "Russia: Moscow, Saint Petersburg",
    "UTC": "UTC, the time without a place",
}
AREAS = {
    "Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia",
    "Europe", "Indian", "Pacific",
}  # fmt: skip


def here() -> str:
    """The zone of this computer's clock, or UTC where that cannot be told."""
    from tzlocal import get_localzone_name

    try:
        name = get_localzone_name()
        ZoneInfo(name)
    except Exception:  # what it raises differs by system and by how /etc is broken
        return "UTC"
    return "UTC" if name in ("Etc/UTC", "Etc/GMT") else str(name)


def friendly(zone: str) -> str:
    """``Germany: Berlin, Hamburg, Munich (UTC+01:00)``: the offset is that of winter
    in the north."""
    offset = datetime(2008, 1, 15, tzinfo=ZoneInfo(zone)).utcoffset() or timedelta()
    minutes = round(offset.total_seconds() / 60)
    sign = "−" if minutes < 0 else "+"
    hours = f"UTC{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"
    return f"{_place(zone)}  ({hours})"


def _place(zone: str) -> str:
    if zone in ALSO:
        return ALSO[zone]
    area, _, place = zone.replace("_", " ").partition("/")
    return f"{', '.join(reversed(place.split('/')))} ({area})" if place else area


@cache
def all_zones() -> tuple[tuple[str, str], ...]:
    """(IANA name, friendly name) of every inhabited zone, the best known first."""
    names = {zone for zone in available_timezones() if zone.split("/")[0] in AREAS}
    others = sorted(names - set(ALSO), key=_place)
    return tuple((zone, friendly(zone)) for zone in (*ALSO, *others))


class ZoneBox(QComboBox):
    """One zone out of all; typing searches. ``changed``: another one is chosen."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMaxVisibleItems(14)
        self.setMinimumContentsLength(12)
        self.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.currentIndexChanged.connect(self.changed)
        line = self.lineEdit()
        assert line is not None
        line.editingFinished.connect(self._settle)

    def show_zone(self, zone: str) -> None:
        """Choose this zone; the list is made when it is first needed."""
        if not self.count():
            self.blockSignals(True)
            for name, text in all_zones():
                self.addItem(text, name)
            self.blockSignals(False)
            completer = QCompleter(self.model(), self)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            self.setCompleter(completer)
        if self.findData(zone) < 0:
            self.insertItem(0, friendly(zone), zone)
        self.setCurrentIndex(self.findData(zone))
        self._show_start()

    def zone(self) -> str:
        """The IANA name of the chosen zone."""
        return str(self.currentData() or "UTC")

    def _settle(self) -> None:
        """Half a word is taken for the first zone that has it, or else forgotten."""
        typed = self.currentText().strip()
        if typed and typed != self.itemText(self.currentIndex()):
            found = self.findText(typed, Qt.MatchFlag.MatchContains)
            if found >= 0:
                self.setCurrentIndex(found)
        self.setEditText(self.itemText(self.currentIndex()))
        self._show_start()

    def _show_start(self) -> None:
        line = self.lineEdit()
        if line is not None:
            line.setCursorPosition(0)


def is_aware(text: str) -> bool:
    """Whether an ISO 8601 date says its own offset."""
    return bool(text) and datetime.fromisoformat(text).tzinfo is not None
