"""Where the tests get real WordPress from: Debian's packages, downloaded, never installed."""

from __future__ import annotations

import io
import os
import pwd
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
import zipfile
from functools import cache
from itertools import zip_longest
from pathlib import Path

from filelock import FileLock

CACHE = Path(__file__).resolve().parent.parent / ".cache" / "wordpress"
# Debian's newest first; its test bench may be broken for a day.
SUITES = {"newest": ("sid", "trixie"), "oldest": ("bookworm",)}
# The package that carries WordPress's own SQLite driver; nothing else of it is used.
DRIVER_PACKAGE = "@wp-playground/cli@3.1.56"
KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
# What WordPress's package leaves to others, out of the long list of its dependencies.
COMPANIONS = re.compile(
    r"^ *\|?(?:Depends|Recommends): "
    r"((?:libjs-|libphp-|php-getid3|wordpress-theme-)\S*)$",
    re.MULTILINE,
)
# The tree is shared by all sites, so what it is told comes from outside.
CONFIG = "<?php require getenv('WORDPRESS_CONFIG');\n"


class NotAvailable(RuntimeError):
    """This machine cannot get that WordPress; the text says why and what to do."""


@cache
def tree(version: str) -> Path:
    """The folder with WordPress's own files, ``newest`` or ``oldest``.

    Shared by all sites and never written to. Raises NotAvailable.
    """
    suites = SUITES[version]
    reasons = []
    for suite, next_best in zip_longest(suites, suites[1:]):
        if next_best and _failed_today(suite, next_best):
            reasons.append(f"{suite} could not be had a while ago.")
        else:
            try:
                return _tree_of(suite)
            except NotAvailable as reason:
                reasons.append(f"{suite}: {reason}")
        print(f"WordPress from Debian {reasons[-1]}", file=sys.stderr)
    raise NotAvailable("No WordPress for the tests. " + " ".join(reasons))


@cache
def driver() -> Path:
    """The folder of the SQLite driver, which serves every version; raises NotAvailable."""
    place = CACHE / "sqlite-driver"
    with _only_one_of_us():
        if not place.is_dir():
            with tempfile.TemporaryDirectory(dir=CACHE) as bench:
                _unpack_driver(Path(bench)).rename(place)
    return place


def _unpack_driver(bench: Path) -> Path:
    if not shutil.which("npm"):
        raise NotAvailable("npm is missing: apt-get install npm")
    _run("npm", "pack", "--silent", DRIVER_PACKAGE, cwd=bench)
    with tarfile.open(next(bench.glob("*.tgz"))) as package:
        member = package.extractfile("package/sqlite-database-integration.zip")
        assert member, "that name is a folder in the package"
        with zipfile.ZipFile(io.BytesIO(member.read())) as plugin:
            plugin.extractall(bench)
    return next(bench.glob("plugin-*"))


def _tree_of(suite: str) -> Path:
    place = CACHE / suite
    with _only_one_of_us():
        if not place.is_dir():
            if not (shutil.which("apt-get") and KEYRING.exists()):
                raise NotAvailable("it needs Debian's apt-get and archive keyring.")
            with tempfile.TemporaryDirectory(dir=CACHE) as bench:
                _unpack_suite(suite, Path(bench)).rename(place)
    place.touch()
    return place


def _failed_today(suite: str, next_best: str) -> bool:
    """Asking an archive in vain takes its time, so it is done once a day."""
    instead = CACHE / next_best
    used = instead.stat().st_mtime if instead.is_dir() else 0
    return not (CACHE / suite).is_dir() and time.time() - used < 24 * 3600


def _unpack_suite(suite: str, bench: Path) -> Path:
    apt = _private_apt(suite, bench)
    _run("apt-get", *apt, "-qq", "update", cwd=bench)
    wanted = _run("apt-cache", *apt, "depends", "wordpress", cwd=bench)
    names = {"wordpress", *COMPANIONS.findall(wanted)}
    _run(
        "apt-get", *apt, "-qq", "download", *(f"{n}/{suite}" for n in names), cwd=bench
    )
    for package in bench.glob("*.deb"):
        _run("dpkg-deb", "-x", package.name, "root", cwd=bench)
    # Links become files: PHP would look for a link's neighbours where the link points.
    files = bench / "wordpress"
    shutil.copytree(
        bench / "root/usr/share/wordpress",
        files,
        ignore=shutil.ignore_patterns(".htaccess", "wp-config.php"),
        ignore_dangling_symlinks=True,
    )
    (files / "wp-config.php").write_text(CONFIG)
    # 6.1 looks for a database driver here, even when the site has its own.
    (files / "wp-content/db.php").touch()
    # Before 6.2 this member did not exist, and the driver insists on setting it.
    database = files / "wp-includes/class-wpdb.php"
    text = database.read_text()
    if "allow_unsafe_unquoted_parameters" not in text:
        anchor = "\tprivate $checking_collation = false;\n"
        member = "\tprivate $allow_unsafe_unquoted_parameters = true;\n"
        database.write_text(text.replace(anchor, anchor + member, 1))
    return files


def _private_apt(suite: str, bench: Path) -> tuple[str, ...]:
    """Options that make apt look at one suite and leave the machine's own state alone."""
    (bench / "lists/partial").mkdir(parents=True)
    (bench / "cache/archives/partial").mkdir(parents=True)
    sources = bench / "sources.list"
    sources.write_text(
        f"deb [target=Packages signed-by={KEYRING}] {_mirror(bench)} {suite} main\n"
    )
    configuration = bench / "apt.conf"
    # Hooks of the machine would announce an update that did not happen. A mirror may
    # stand still for a while; who signed its lists is checked all the same.
    configuration.write_text(
        f"""#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
Acquire::Check-Date "false";
Acquire::Check-Valid-Until "false";
Acquire::Retries "2";
Acquire::http::Timeout "20";
APT::Sandbox::User "";
Dir::Cache "{bench}/cache";
Dir::Etc::SourceList "{sources}";
Dir::Etc::SourceParts "/dev/null";
Dir::Etc::Preferences "/dev/null";
Dir::Etc::PreferencesParts "/dev/null";
Dir::State::Lists "{bench}/lists";
"""
    )
    return ("-c", str(configuration))


def _mirror(bench: Path) -> str:
    """The Debian mirror that this machine itself uses."""
    fields = "$(ORIGIN) $(LABEL) $(REPO_URI)"
    question = ("apt-get", "indextargets", "--format", fields, "Created-By: Packages")
    lists = bench / "own-lists"
    (lists / "partial").mkdir(parents=True)
    own_lists = ("-o", f"Dir::State::Lists={lists}", "-o", "APT::Sandbox::User=")
    answer = _run(*question, cwd=bench)
    if not answer.strip():
        # A fresh machine knows nothing about its mirrors before the first update.
        _run("apt-get", *own_lists, "-qq", "update", cwd=bench)
        answer = _run(*question, *own_lists, cwd=bench)
    for line in answer.splitlines():
        if line.startswith("Debian Debian "):
            return line.split()[2]
    raise NotAvailable("this machine's apt knows no Debian mirror.")


def _run(*command: str, cwd: Path) -> str:
    # Tests live in a made-up home; a proxy or certificate may be set up in the real one.
    home = pwd.getpwuid(os.getuid()).pw_dir
    try:
        done = subprocess.run(
            command,
            cwd=cwd,
            env={**os.environ, "HOME": home, "LC_ALL": "C.UTF-8"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=300,
        )
    except subprocess.TimeoutExpired as slow:
        raise NotAvailable(f"{command[0]} took over {slow.timeout} seconds.") from slow
    if done.returncode:
        raise NotAvailable(f"{command[0]} says: {done.stderr.strip()[-500:]}")
    return done.stdout


def _only_one_of_us() -> FileLock:
    CACHE.mkdir(parents=True, exist_ok=True)
    return FileLock(CACHE / "lock", timeout=900)


if __name__ == "__main__":
    try:
        print(tree("newest"), tree("oldest"), driver(), sep="\n")
    except NotAvailable as reason:
        sys.exit(str(reason))
