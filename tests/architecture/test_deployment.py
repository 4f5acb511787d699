"""The wiring as production would see it: migrations complete, settings safe, unsafe ones refused by name."""

import os
import subprocess
import sys

from tests.architecture.tree import ROOT

SAFE = {
    "DEBUG": "0",
    "SECRET_KEY": "a-secret-of-tests-that-is-long-enough-and-has-5-digits-12345-and-more",
    "ALLOWED_HOSTS": "community.example",
    "PUBLIC_URL": "https://community.example",
}


def manage(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own arguments
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={**os.environ, **variables},
        check=False,
        capture_output=True,
        text=True,
    )


def test_the_models_need_no_further_migration() -> None:
    done = manage("makemigrations", "--check", "--dry-run")
    assert (done.returncode, done.stdout) == (0, "No changes detected\n"), done.stdout + done.stderr


def test_a_safe_production_environment_has_no_complaint() -> None:
    done = manage("check", "--deploy", "--fail-level", "WARNING", **SAFE)
    assert done.returncode == 0, done.stdout + done.stderr


def test_an_unsafe_production_environment_is_refused_with_every_fault_by_name() -> None:
    done = manage("check", **{**SAFE, "SECRET_KEY": "short", "ALLOWED_HOSTS": "*"})
    assert done.returncode != 0
    assert "SECRET_KEY must" in done.stderr
    assert "ALLOWED_HOSTS must" in done.stderr
