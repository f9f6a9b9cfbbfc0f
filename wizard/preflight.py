"""What Linux must have before Qt is loaded, which ends a program without it unkindly."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from collections.abc import Mapping

# Every library of the system that Qt's own files name, with Debian's package for it.
_WINDOW = {
    "libdbus-1.so.3": "libdbus-1-3",
    "libEGL.so.1": "libegl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libGL.so.1": "libgl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libX11.so.6": "libx11-6",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
}
_X = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
_WAYLAND = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
}


def missing() -> str:
    """What keeps the window from opening and what to do about it, or "" when all is
    there. Plain sentences, ~10 ms; asks nothing of systems other than Linux."""
    if not sys.platform.startswith("linux"):
        return ""
    platform = os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0].partition(";")[0]
    if platform not in ("", "xcb", "wayland"):
        return _lacking(absent(_WINDOW))
    troubles = []
    if platform != "wayland" and os.environ.get("DISPLAY"):
        troubles.append(_lacking(absent(_WINDOW | _X)) or _no_answer_from_x())
    if platform != "xcb" and os.environ.get("WAYLAND_DISPLAY"):
        troubles.append(_lacking(absent(_WINDOW | _WAYLAND)))
    if not troubles:
        return (
            "There is no screen here to open a window on (DISPLAY is not set). In the"
            " terminal, `moving-day move OLD-BLOG --to NEW-BLOG` does the same."
        )
    # One way to a screen is enough.
    return "" if "" in troubles else troubles[0]


def absent(libraries: Mapping[str, str]) -> dict[str, str]:
    """Those of the libraries (name → Debian's package) that cannot be loaded."""
    found = {}
    for library, package in libraries.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            found[library] = package
    return found


def _lacking(libraries: Mapping[str, str]) -> str:
    if not libraries:
        return ""
    names, packages = ", ".join(libraries), " ".join(dict.fromkeys(libraries.values()))
    remedy = (
        f"Ask your system's package manager for them (Debian calls them {packages})."
    )
    if shutil.which("apt-get"):
        remedy = f"This installs them:\n    sudo apt-get install -y {packages}"
    return f"The window needs libraries that this computer lacks: {names}. {remedy}"


def _no_answer_from_x() -> str:
    # Qt would abort here, and blame a library that is not at fault.
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    failed = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    if not failed:
        return ""
    return (
        f"No screen answers at DISPLAY={os.environ['DISPLAY']}. Start the program from"
        " the desktop you see, or correct that setting."
    )


if __name__ == "__main__":
    # For scripts that may install: the packages alone, none of them said twice.
    print(*dict.fromkeys(absent(_WINDOW | _X).values()))
