"""What the browser tests ask of others, installed by ``npm ci`` in tests/tools."""

import shutil
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent.parent / "tools" / "node_modules"


def tool(name: str) -> Path:
    """The file of a tool; the test is skipped where it is not installed."""
    path = FOLDER / name
    if not path.exists():
        pytest.skip(f"{name}: not installed (npm ci in tests/tools)")
    return path


def java() -> str:
    path = shutil.which("java")
    if path is None:
        pytest.skip("java: not installed")
    return path
