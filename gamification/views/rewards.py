"""The catalogue of rewards, redeeming one, and one's own wallet."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from community import limits
from community.models import Member
from community.refusals import Refusal
from community.views.people import MemberRequest, members_only
from community.views.posting import INVALID, SeeOther, explain, once, posted, refused
from gamification import access
from gamification.forms.rewards import ParcelForm, RedeemForm
from gamification.models import Reward
from gamification.queries import rewards, wallets
from gamification.queries.days import site_day
from gamification.services import rewards as services
from gamification.words import credits_name

#: Codes that the page of rewards shows before it points to the wallet.
CODES = 4


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """What credits buy; for members with their balance, their codes and what is missing."""
    now, cursor, show = timezone.now(), request.GET.get("cursor"), request.GET.get("show", "")
    member = request.user if isinstance(request.user, Member) else None
    context: dict[str, Any] = {"show": show, "credits_name": credits_name()}
    purse = rewards.purse_of(member) if member else None
    if member and purse:
        context |= {
            "purse": purse,
            "goal": rewards.next_goal(member, purse, now),
            "codes": wallets.usable(member, at=now, limit=CODES),
        }
    if member and purse and show == "reach":
        page = rewards.within_reach(member, purse, now, cursor=cursor)
    else:
        page = rewards.page_of_offers(now, cursor=cursor, new=show == "new")
    context |= {
        "page": page,
        "offers": [(reward, purse.reach(reward) if purse else None) for reward in page],
    }
    return render(request, "gamification/rewards.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@members_only
def redeem(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask once more before credits are spent, then spend them."""
    reward = access.reward_for(request.user, pk)
    form_class = ParcelForm if reward.kind == Reward.Kind.PARCEL else RedeemForm
    form = form_class(posted(request), initial={"price": reward.price})
    purse = rewards.purse_of(request.user)
    context = {
        "reward": reward,
        "form": form,
        "purse": purse,
        "reach": purse.reach(reward),
        "after": purse.credits - reward.price,
        "credits_name": credits_name(),
    }
    if not form.is_valid():
        return render(request, "gamification/redeem.html", context, status=INVALID if form.is_bound else 200)
    now = timezone.now()

    def effect() -> str:
        limits.spend(limits.REDEMPTIONS, member=request.user, at=now)
        said = form.cleaned_data
        made = services.redeem(
            reward=reward, member=request.user, at=now, price=said["price"], address=said.get("address", "")
        )
        return f"{reverse('gamification:wallet')}#redemption-{made.pk}"

    try:
        url = once(request, effect)
    except Refusal as refusal:
        explain(form, refusal)
        return refused(render(request, "gamification/redeem.html", context), refusal)
    messages.success(request, _("It is yours: %(name)s.") % {"name": reward.name})
    return SeeOther(url)


@require_safe
@never_cache
@members_only
def wallet(request: MemberRequest) -> HttpResponse:
    """One's codes, what one redeemed, and credits that end soon."""
    now = timezone.now()
    context = {
        "purse": rewards.purse_of(request.user),
        "codes": wallets.usable(request.user, at=now),
        "former": wallets.former(request.user, at=now),
        "page": rewards.redemptions_of(request.user, cursor=request.GET.get("cursor")),
        "ending": rewards.ending(request.user, today=site_day(now)),
        "now": now,
        "credits_name": credits_name(),
    }
    return render(request, "gamification/wallet.html", context)
