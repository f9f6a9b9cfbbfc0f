"""The real block editor, for every test here that asks it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.block_editor import BlockEditor, block_editor
from tests.wordpress import WordPress


@pytest.fixture(scope="session")
def editor(wordpress: WordPress) -> Iterator[BlockEditor]:
    with block_editor(wordpress) as editor:
        yield editor


@pytest.fixture(scope="session")
def oldest_editor(oldest_wordpress: WordPress) -> Iterator[BlockEditor]:
    with block_editor(oldest_wordpress) as editor:
        yield editor
