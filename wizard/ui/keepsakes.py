"""What a move leaves to be looked at: the new blog, the report, where old addresses lead."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from wizard.ui import jobs
from wizard.ui.old_addresses import OldAddresses
from wizard.ui.page import Page
from wizard.ui.parts import Tone

NO_OLD = "There is no old address that leads anywhere."
NO_OLD_HINT = (
    "For that a post must have been public, be so at the new blog, and its old address "
    "must be known."
)


class Keepsakes(QObject):
    """Opens them, and writes first what has to be written; ``page`` does that, and says
    what went wrong."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page
        self._asking: OldAddresses | None = None

    def open_destination(self) -> None:
        address = self._page.session.need_destination().address
        if jobs.is_file(address):
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(Path(address).parent)))
        else:
            QDesktopServices.openUrl(QUrl(address))

    def open_report(self) -> None:
        self._write_report(self._show_report)

    def show_files(self) -> None:
        self._write_report(self._show_folder)

    def ask_old_addresses(self) -> None:
        if self._page.busy or self._asking is not None:
            return
        from wizard.move.redirect_folder import words_of

        session = self._page.session
        move, place = session.need_move(), session.need_destination()
        to_file = jobs.is_file(place.address)
        self._asking = OldAddresses(words_of(move), self._page, to_file=to_file)
        self._asking.finished.connect(self._write_redirects)
        self._asking.open()

    def _write_redirects(self, result: int) -> None:
        asking, self._asking = self._asking, None
        if asking is None:
            return
        words, site = asking.words.toPlainText(), asking.site.text()
        asking.deleteLater()
        # It also ends with the window, when there is no move any more.
        if result == OldAddresses.DialogCode.Accepted and not self._page.busy:
            move = self._page.session.need_move()
            self._page.start(
                lambda stop: jobs.write_redirects_of(move, words, site),
                self._show_redirects,
                saying="Writing where old addresses lead…",
            )

    def _show_redirects(self, path: object) -> None:
        if path is None:
            self._page.notice.say(NO_OLD, NO_OLD_HINT, Tone.PLAIN)
        else:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def _write_report(self, shown: Callable[[object], None]) -> None:
        move = self._page.session.need_move()
        if not self._page.busy:
            self._page.start(
                lambda stop: jobs.write_report_of(move),
                shown,
                saying="Writing the report…",
            )

    def _show_report(self, path: object) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def _show_folder(self, path: object) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(Path(str(path)).parent)))
