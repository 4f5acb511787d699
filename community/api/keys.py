"""The shop's server at the door: by its API key, or by a signature made with the key's signing secret."""

from __future__ import annotations

import re
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed, NotAuthenticated, PermissionDenied
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from community.models import ApiKey
from community.services import api_keys

WORD = "Api-Key"
SIGNATURE = "X-Signature"
SIGNED = re.compile(r"t=(\d{1,12}),v1=([0-9a-f]{64})")
#: What somebody without a key can make us sign is short.
LONGEST_SIGNED = 256 * 1024


class ShopKey(BaseAuthentication):
    """``Authorization: Api-Key …``; a wrong key is refused, not taken for a stranger."""

    def authenticate(self, request: Request) -> tuple[AnonymousUser, ApiKey] | None:
        word, _, key = request.headers.get("Authorization", "").partition(" ")
        if word.lower() != WORD.lower():
            return None
        found = api_keys.by_key(key.strip())
        if found is None:
            raise AuthenticationFailed(code="api_key_invalid")
        return _noted(found)

    def authenticate_header(self, request: Request) -> str:
        return WORD


class ShopSignature(BaseAuthentication):
    """``X-Signature: t=…,v1=…`` over time and body; each signature counts once and for five minutes."""

    def authenticate(self, request: Request) -> tuple[AnonymousUser, ApiKey] | None:
        if SIGNATURE not in request.headers:
            return None
        parts = SIGNED.fullmatch(request.headers[SIGNATURE].replace(" ", ""))
        if parts is None or len(request.body) > LONGEST_SIGNED:
            raise AuthenticationFailed(code="signature_invalid")
        try:
            found = api_keys.by_signature(
                moment=int(parts[1]), signature=parts[2], body=request.body, at=timezone.now()
            )
        except api_keys.SignatureExpired as error:
            raise AuthenticationFailed(code="signature_expired") from error
        except api_keys.SignatureReplayed as error:
            raise AuthenticationFailed(code="signature_replayed") from error
        if found is None:
            raise AuthenticationFailed(code="signature_invalid")
        return _noted(found)

    def authenticate_header(self, request: Request) -> str:
        return SIGNATURE


class MayPut(BasePermission):
    """The key has the scope that the view names in ``scope``."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        if not isinstance(request.auth, ApiKey):
            raise NotAuthenticated(code="api_key_missing")
        if getattr(view, "scope", None) not in request.auth.scopes:
            raise PermissionDenied(code="scope_missing")
        return True


def is_signed(request: Request) -> bool:
    """Whether a signature, which covers the body only, is what the caller is known by."""
    return isinstance(request.successful_authenticator, ShopSignature)


class ShopKeyScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call] # drf-spectacular registers extensions without types
    target_class = ShopKey
    name = "shopKey"

    def get_security_definition(self, auto_schema: object) -> dict[str, Any]:
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "For the shop's server: `Authorization: Api-Key kk_…`. Keys and what they may do are made "
            "in the admin.",
        }


class ShopSignatureScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call] # as above
    target_class = ShopSignature
    name = "shopSignature"

    def get_security_definition(self, auto_schema: object) -> dict[str, Any]:
        return {
            "type": "apiKey",
            "in": "header",
            "name": SIGNATURE,
            "description": "For a shop that signs instead of sending its key: `t=UNIX,v1=HEX` with the HMAC-SHA256 of "
            "`t.body` under the key's signing secret.",
        }


def _noted(api_key: ApiKey) -> tuple[AnonymousUser, ApiKey]:
    api_keys.note_use(api_key=api_key, at=timezone.now())
    return AnonymousUser(), api_key
