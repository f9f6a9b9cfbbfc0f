"""``make bench``: every figure is a ratio to something bare in the same run."""

from __future__ import annotations

import argparse
import datetime
import os
import platform
import subprocess
import sys

from PySide6.QtWidgets import QApplication

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m tests.bench")
    options.add_argument("--posts", type=int, default=300)
    posts = options.parse_args().posts
    # Qt takes the thread that wakes it for the main one.
    application = QApplication([])
    rows = [
        *_moving(posts),
        *_pictures(),
        *_converting(),
        *_report(),
        *_window(max(20, posts // 10)),
        *_start(),
    ]
    application.quit()
    today = datetime.date.today()
    cores = os.cpu_count()
    print(f"\n{today}, Python {platform.python_version()}, {cores} cores\n")
    print("| what | figure | beside |")
    print("|---|---|---|")
    for row in rows:
        print(f"| {' | '.join(row)} |")


def _moving(posts: int) -> list[tuple[str, str, str]]:
    from tests.bench.moving import measure, peak_memory
    from wizard.move.engine import CONNECTIONS

    spent = measure(posts)
    ours = spent["ours"]
    one, many = ours / spent["one connection"], ours / spent["as many connections"]
    job = f"move of {posts} posts, {posts} photos, {2 * posts} comments"
    return [
        (job, f"{posts / ours:.1f} posts/s and photos/s", "a real WordPress, 2 cores"),
        ("time of that move", f"{one:.2f} ×", "bare loop, one connection"),
        ("time of that move", f"{many:.2f} ×", f"bare loop, {CONNECTIONS} connections"),
        ("peak memory of it", f"{peak_memory():.0f} MB", "pictures of 200 kB"),
    ]


def _pictures() -> list[tuple[str, str, str]]:
    from tests.bench.pictures import preparing, thumbnails

    rows = []
    for measure, what, beside in (
        (thumbnails, "thumbnails decoded", "bare Pillow draft loop"),
        (preparing, "photos made ready", "bare Pillow loop that decodes them"),
    ):
        spent = measure(200)
        ratio = spent["bare"] / spent["ours"]
        rate = 4 * 200 / spent["ours"]
        rows.append((what, f"{rate:.0f}/s, {ratio:.2f} ×", beside))
    return rows


def _converting() -> list[tuple[str, str, str]]:
    from tests.bench.converting import measure, texts

    rows = []
    for kind, text in texts().items():
        rates = measure(text, 1)
        figure = f"{rates['ours']:.1f} MB/s, {rates['bare'] / rates['ours']:.1f} ×"
        what = f"{kind} cleaned and made into blocks, time"
        rows.append((what, figure, "lxml reading and writing them"))
    return rows


def _report() -> list[tuple[str, str, str]]:
    from tests.bench.report import measure

    spent = measure(10_000)
    figure = f"{spent['ours']:.1f} s ({spent['ours'] / spent['bare']:.0f} ×)"
    return [
        ("report and table of 10,000 posts", figure, "the same items plainly joined")
    ]


def _window(posts: int) -> list[tuple[str, str, str]]:
    from tests.bench.window import measure

    gaps = sorted(measure(posts))
    longest, usual = gaps[-1] * 1000, gaps[len(gaps) * 99 // 100] * 1000
    return [
        (
            "longest pause of the window while it moves",
            f"{longest:.0f} ms (99 %: {usual:.0f} ms)",
            "a beat every 10 ms",
        )
    ]


def _start() -> list[tuple[str, str, str]]:
    """Ours and a bare Qt window, each until its first picture is on the screen."""

    def seconds(make: str) -> float:
        program = (
            "import os, time; t = time.monotonic()\n"
            "from PySide6.QtWidgets import QApplication, QWidget\n"
            f"{make}\n"
            "w.show(); w.grab(); print(time.monotonic() - t, flush=True)\n"
            # A window that nobody closes may still be looking for earlier moves.
            "os._exit(0)"
        )
        runs = [
            float(
                subprocess.run(
                    [sys.executable, "-c", program],
                    check=True,
                    capture_output=True,
                    text=True,
                ).stdout
            )
            for _ in range(5)
        ]
        return min(runs)

    bare = seconds("a = QApplication([]); w = QWidget()")
    ours = seconds(
        "from wizard.ui.look import wear\nfrom wizard.ui.state import Session\n"
        "from wizard.ui.window import Window\n"
        "a = QApplication([]); wear(a); w = Window(Session())"
    )
    return [
        (
            "window on the screen after",
            f"{ours:.2f} s ({ours / bare:.1f} ×)",
            f"bare Qt window, {bare:.2f} s",
        )
    ]


if __name__ == "__main__":
    main()
