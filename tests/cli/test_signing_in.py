"""Signing in from a terminal: the password goes where it must and nowhere else."""

from __future__ import annotations

import os
import subprocess
import sys
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

from tests.cli.command import PLAIN, ROOT, STDIN, Run, only
from tests.wordpress import WordPress
from wizard.settings import SAMPLE


def test_a_wrong_password_is_exit_status_3(
    moving_day: Callable[..., Run], site: WordPress, tmp_path: Path
) -> None:
    done = moving_day(
        *("move", SAMPLE, "--to", site.url, "--user", "admin", "--password-stdin"),
        *("--move", tmp_path / "a.move"),
        typed="wrong wrong\n",
    )
    assert done.status == 3
    assert "does not accept this password" in done.err
    assert "wrong wrong" not in done.out + done.err


def test_no_password_and_nobody_to_ask_is_exit_status_3(
    moving_day: Callable[..., Run], site: WordPress, tmp_path: Path
) -> None:
    words = ("move", SAMPLE, "--to", site.url, "--move", tmp_path / "a.move")
    done = moving_day(*words, "--user", "admin")
    assert done.status == 3
    assert "--password-stdin" in done.err
    done = moving_day(*words)
    assert done.status == 2
    assert "--user" in done.err


def test_a_password_that_is_taken_away_on_the_way_is_exit_status_3(
    move: Callable[..., Run], site: WordPress
) -> None:
    """And the next run goes on."""
    php = (
        "add_action('rest_insert_post', function () { file_put_contents("
        "WP_CONTENT_DIR . '/revoked', ''); }); add_filter("
        "'wp_is_application_passwords_available_for_user', fn() => !file_exists("
        "WP_CONTENT_DIR . '/revoked'));"
    )
    file = site.plug_in(php)
    done = move("--json", *only("cns!7C3A91E05B24D68F!163"))
    file.unlink()
    assert done.status == 3
    assert done.last["paused"] is True
    assert "no longer accepts" in done.last["trouble"]["title"]
    assert move(*only("cns!7C3A91E05B24D68F!163")).status == 0


def test_a_password_pasted_into_an_address_is_left_out_with_a_warning(
    moving_day: Callable[..., Run], site: WordPress, tmp_path: Path
) -> None:
    pasted = site.url.replace("://", "://admin:kanarie-7f3e@")
    done = moving_day(
        *("move", SAMPLE, "--to", pasted, "--user", "admin", STDIN),
        *("--move", tmp_path / "a.move", "--time-zone", "UTC", "--json"),
        *only(PLAIN[0]),
        typed=f"{site.password}\n",
    )
    assert done.status == 0
    assert "password of “admin”" in done.err
    assert done.last["destination"] == site.url
    told = done.out + done.err
    told += "".join(p.read_bytes().decode("latin-1") for p in tmp_path.iterdir())
    assert "kanarie-7f3e" not in told
    done = moving_day(
        "list", "https://ann:kanarie-7f3e@blog.invalid", "--source-user=b"
    )
    assert done.status == 3
    assert "kanarie-7f3e" not in done.out + done.err


def test_a_password_that_is_no_text_ends_in_words(
    site: WordPress, tmp_path: Path
) -> None:
    words = [sys.executable, "-m", "wizard", "move", SAMPLE, "--to", site.url]
    words += ["--user", "admin", STDIN, "--move", str(tmp_path / "a.move")]
    for strict, status in (("strict", 2), ("surrogateescape", 3)):
        done = subprocess.run(
            words,
            cwd=ROOT,
            env={**os.environ, "PYTHONIOENCODING": f"utf-8:{strict}"},
            input=b"kanarie\xff7f3e\n",
            capture_output=True,
            check=False,
        )
        assert done.returncode == status
        assert b"password" in done.stderr.splitlines()[0]
        for word in (b"kanarie", b"Traceback"):
            assert word not in done.stdout + done.stderr


def test_the_password_is_written_nowhere(site: WordPress, tmp_path: Path) -> None:
    bare = site.password.replace(" ", "")
    forms = [site.password, bare, site.password.replace(" ", "+")]
    forms += [b64encode(f"admin:{form}".encode()).decode() for form in forms[:2]]
    home = Path(os.environ["HOME"])
    words = [sys.executable, "-m", "wizard", "move", SAMPLE, "--to", site.url]
    words += ["--user", "admin", STDIN, "--move", str(tmp_path / "a.move"), "--json"]
    with subprocess.Popen(
        words + only("cns!7C3A91E05B24D68F!104"),
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdin.write(f"{site.password}\n")
        process.stdin.close()
        told = process.stdout.readline()
        seen = [
            Path(f"/proc/{process.pid}/{name}").read_text(errors="replace")
            for name in ("cmdline", "environ")
        ]
        told += process.stdout.read() + process.stderr.read()
    assert process.returncode == 0, told
    for place in (tmp_path, home):
        for path in place.rglob("*"):
            if path.is_file():
                seen.append(path.read_bytes().decode("utf-8", "replace"))
    seen.append(told)
    assert any("PostSettled" in text for text in seen), "we looked at the right places"
    assert any("SQLite format" in text for text in seen)
    for form in forms:
        assert not any(form in text for text in seen)
