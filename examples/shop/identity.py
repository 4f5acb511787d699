"""Who the customer is, for the community's widget: a JSON Web Token that only the shop's server can sign."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
import uuid

MINUTES_GOOD = 5


def token(key: str, secret: str, customer: str, *, email: str, crm: dict[str, object]) -> str:
    """Sign ``customer`` for the widget with this ``key``: good once, and for a few minutes only."""
    now = int(time.time())
    header = {"alg": "HS256", "typ": "JWT"}
    claims = {
        "aud": key,
        "sub": customer,
        "jti": uuid.uuid4().hex,
        "iat": now,
        "exp": now + MINUTES_GOOD * 60,
        "email": email,
        "crm": crm,
    }
    signed = f"{_written(header)}.{_written(claims)}"
    mac = hmac.digest(secret.encode(), signed.encode(), hashlib.sha256)
    return f"{signed}.{_base64(mac)}"


def _written(part: dict[str, object]) -> str:
    return _base64(json.dumps(part).encode())


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
