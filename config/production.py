"""What production refuses: a start with a missing or well-known value, each named in the message."""

import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured


def kept_secret(path: Path, *, allowed: bool) -> str:
    """Return the key kept in ``path``, making one at the first start; an empty string where not ``allowed``."""
    if not allowed:
        return ""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(secrets.token_urlsafe(50))
        path.chmod(0o600)
    return path.read_text()


def refuse_unsafe(settings: Mapping[str, Any]) -> None:
    """Raise ``ImproperlyConfigured`` that lists every unsafe value at once."""
    complaints = []
    if len(settings["SECRET_KEY"]) < 50 or len(set(settings["SECRET_KEY"])) < 5:
        complaints.append("SECRET_KEY must be set to at least 50 random characters.")
    if any(len(key) < 32 or len(set(key)) < 5 for key in settings["DATA_KEYS"]):
        complaints.append("DATA_KEYS must be texts of at least 32 random characters, separated by commas.")
    if not settings["PUBLIC_URL"].startswith(("https://", "http://localhost")):
        complaints.append("PUBLIC_URL must be the https address of this site: its links are sent in e-mails.")
    if not settings["ALLOWED_HOSTS"]:
        complaints.append("ALLOWED_HOSTS must name the hosts that this site answers for.")
    if "*" in settings["ALLOWED_HOSTS"]:
        complaints.append("ALLOWED_HOSTS must not allow every host ('*').")
    if settings["DATABASES"]["default"]["ENGINE"].endswith("postgresql") and not settings["REDIS_URL"]:
        complaints.append("REDIS_URL must be set beside a PostgreSQL DATABASE_URL: several nodes share the broker.")
    pool = settings["DATABASES"]["default"].get("OPTIONS", {}).get("pool")
    if pool and settings["HTTP_THREADS"] > pool["max_size"]:
        complaints.append("HTTP_THREADS must not exceed DATABASE_POOL: threads would wait for a connection.")
    if complaints:
        raise ImproperlyConfigured("Refusing to start:\n- " + "\n- ".join(complaints))
