"""Lighthouse, as it sees pages on a slow telephone: performance, accessibility, best practices, search engines."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from browser.conftest import NOBODY_ELSE, TOOLS, chromium
from browser.sites import Site

LEAST = 0.95
FLAGS = f'--headless=new --no-sandbox "{NOBODY_ELSE}"'


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["index", "channel", "rich article"])
def test_lighthouse_is_content_with_all_four(site: Site, tmp_path: Path, kind: str) -> None:
    lighthouse = TOOLS.package("lighthouse/cli/index.js")
    report = tmp_path / "report.json"
    command = [TOOLS.program("node"), str(lighthouse), site.url + site.pages[kind], "--quiet", "--output=json"]
    command += [f"--output-path={report}", f"--chrome-flags={FLAGS}", "--no-enable-error-reporting"]
    environment = {**os.environ, "CHROME_PATH": chromium(), "HOME": str(tmp_path)}
    subprocess.run(command, env=environment, capture_output=True, check=True, timeout=180)
    found = json.loads(report.read_bytes())
    scores = {name: category["score"] for name, category in found["categories"].items()}
    assert set(scores) == {"performance", "accessibility", "best-practices", "seo"}
    failed = [name for name, audit in found["audits"].items() if audit["score"] == 0]
    assert min(scores.values()) >= LEAST, (scores, failed)
