"""Open badges: taken away by who earned them, and everything that a verifier asks the site for."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone, translation
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_POST, require_safe

from community import limits
from community.views.people import MemberRequest, members_only
from gamification import access, openbadges, pins
from gamification.models import Grade
from gamification.queries import credentials
from gamification.services import issuing

MEDIA_TYPE = "application/vc+jwt"
HOUR = 3600


@require_POST
@never_cache
@members_only
def take_away(request: MemberRequest, slug: str, tier: str) -> HttpResponse:
    """One's own badge as a signed file."""
    award = access.award_for(request.user, slug, tier)
    now = timezone.now()
    limits.spend(limits.OPEN_BADGES, member=request.user, at=now)
    token = issuing.issue(award=award, at=now)
    name = f'attachment; filename="{slug}-{tier}.jwt"'
    return HttpResponse(token, content_type=MEDIA_TYPE, headers={"Content-Disposition": name})


@require_safe
@cache_control(public=True, max_age=HOUR)
def issuer(request: HttpRequest) -> JsonResponse:
    """Who issues."""
    return _told({"@context": openbadges.CONTEXT, **openbadges.profile(issuing.addresses(), issuing.issuer())})


@require_safe
@cache_control(public=True, max_age=HOUR)
def keys(request: HttpRequest) -> JsonResponse:
    """Every public key (RFC 7517, section 5)."""
    return _told({"keys": list(credentials.public_keys().values())})


@require_safe
@cache_control(public=True, max_age=HOUR)
def key(request: HttpRequest, kid: str) -> JsonResponse:
    """One public key."""
    found = credentials.public_keys().get(kid)
    if found is None:
        raise Http404
    return _told(found)


@require_safe
@cache_control(public=True, max_age=HOUR)
def did(request: HttpRequest) -> JsonResponse:
    """The site as a decentralised identifier."""
    return _told(openbadges.did_document(issuing.addresses(), credentials.public_keys()))


@require_safe
@cache_control(public=True, max_age=openbadges.FRESH_SECONDS)
def status(request: HttpRequest, part: int) -> HttpResponse:
    """The signed list of what was revoked; made once a minute however many ask."""
    if part >= credentials.parts():
        raise Http404
    cache_key = f"open-badges:status:{part}"
    token = cache.get(cache_key)
    if token is None:
        token = issuing.status(part=part, at=timezone.now())
        cache.set(cache_key, token, openbadges.FRESH_SECONDS)
    return _open(HttpResponse(token, content_type=MEDIA_TYPE))


@require_safe
@cache_control(public=True, max_age=HOUR)
def achievement(request: HttpRequest, slug: str, tier: str) -> JsonResponse:
    """What a grade is given for."""
    grade = _grade(slug, tier)
    language = settings.LANGUAGE_CODE
    with translation.override(language):
        earned = issuing.achievement(grade, language)
        document = openbadges.achievement(issuing.addresses(), issuing.issuer(), earned)
    return _told({"@context": openbadges.CONTEXT, **document})


@require_safe
@cache_control(public=True, max_age=HOUR)
def picture(request: HttpRequest, slug: str, tier: str) -> HttpResponse:
    """The pin."""
    badge = _grade(slug, tier).badge
    drawn = pins.svg(shape=badge.shape, tone=badge.tone, glyph=badge.glyph, tier=tier)
    return _open(HttpResponse(drawn, content_type="image/svg+xml"))


def _grade(slug: str, tier: str) -> Grade:
    grade = credentials.grade(slug, tier)
    if grade is None:
        raise Http404
    return grade


def _told(document: Mapping[str, object]) -> JsonResponse:
    response = JsonResponse(dict(document), content_type="application/json")
    _open(response)
    return response


def _open(response: HttpResponse) -> HttpResponse:
    """Verifiers in browsers read it from wherever they are."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
