"""``python -m tests.faults.fuzz TARGET FOLDER [libFuzzer's options]``: one guided run."""

from __future__ import annotations

import sys
from pathlib import Path

import atheris


def main(name: str, folder: str, *options: str) -> None:
    # Only what is loaded here is measured, so the fuzzer sees which way each input goes.
    with atheris.instrument_imports(include=["wizard"]):
        from tests.faults.fuzz.broken import BROKEN
        from tests.faults.fuzz.targets import MOST, TARGETS
    target = (TARGETS | BROKEN)[name]
    for number, seed in enumerate(target.seeds()):
        (Path(folder) / f"seed-{number}").write_bytes(seed)
    words = [sys.argv[0], folder, f"-max_len={MOST}", "-timeout=10", *options]
    atheris.Setup(words, target.one)
    atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
