"""How the admin looks and what stands in its sidebar; settings of the theme."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

#: Lightness and colourfulness of the scales; the hues are those of the pages' tokens.
STEPS = {
    "50": (98, 0.006), "100": (96, 0.012), "200": (91, 0.025), "300": (84, 0.05), "400": (74, 0.08), "500": (60, 0.095),
    "600": (46, 0.09), "700": (41, 0.085), "800": (34, 0.07), "900": (29, 0.055), "950": (21, 0.04),
}  # fmt: skip


def brand_name(request: HttpRequest) -> str:
    """Return the brand's name for the sidebar's head."""
    from community.services import brands

    return brands.current().name


def navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the sidebar; deliveries that gave up are counted beside their page."""
    from community.queries import pulse

    parked = pulse.parked() if request.user.has_perm("community.view_delivery") else 0
    badge = {"badge": str(parked), "badge_variant": "danger"} if parked else {}
    return [
        *SECTIONS,
        _section(_("Safety"), *_safety(request)),
        _section(_("Personal data"), *PRIVACY),
        _section(_("Background work"), *BACKGROUND, {**DELIVERIES, **badge}),
        _section(_("Brand"), BRAND, API_KEYS),
    ]


def favicon(request: HttpRequest) -> str:
    """Return the address of the site's icon."""
    return static("favicon.svg")


def style_sheet(request: HttpRequest) -> str:
    """Return the address of what we add to the theme."""
    return static("css/back-office.css")


def _safety(request: HttpRequest) -> list[dict[str, Any]]:
    """What keeps people safe; what waits is counted beside its page."""
    from community.queries import moderation
    from gamification.queries import suspicions

    may = request.user.has_perm
    counts = (
        moderation.waiting() if may("community.view_case") else 0,
        moderation.appeals_waiting() if may("community.view_appeal") else 0,
        moderation.notices_waiting() if may("community.view_notice") else 0,
        suspicions.waiting() if may("gamification.view_holdcase") else 0,
    )
    badges = [{"badge": str(count), "badge_variant": "warning"} if count else {} for count in counts]
    return [{**item, **badge} for item, badge in zip(WAITING, badges, strict=True)] + list(SAFETY)


def _item(title: str | Promise, icon: str, model: str) -> dict[str, Any]:
    app, name = model.split(".")
    link = reverse_lazy(f"admin:{app}_{name}_changelist")
    return {"title": title, "icon": icon, "link": link, "permission": _may(f"{app}.view_{name}")}


def _may(permission: str) -> Callable[[HttpRequest], bool]:
    return lambda request: bool(request.user.has_perm(permission))


def _journal(*, audited: bool) -> Callable[[HttpRequest], bool]:
    """Which of the two entries stands out that lead to the journal: all of it, or its part about moderation."""
    page = reverse_lazy("admin:community_activity_changelist")
    return lambda request: request.path.startswith(str(page)) and (request.GET.get("part") == "moderation") is audited


def _scale(hue: int, strength: float) -> dict[str, str]:
    return {step: f"oklch({light}% {chroma * strength:.4f} {hue})" for step, (light, chroma) in STEPS.items()}


def _section(title: str | Promise, *items: dict[str, Any]) -> dict[str, Any]:
    return {"title": title, "separator": True, "items": list(items)}


CHAT_FIGURES = reverse_lazy("admin:chat_bottalk_figures")
SECTIONS = (
    {"items": [{"title": _("Overview"), "icon": "monitoring", "link": reverse_lazy("admin:index")}]},
    _section(
        _("Community"),
        _item(_("Threads"), "forum", "community.thread"),
        _item(_("Answers"), "chat", "community.answer"),
        _item(_("Comments"), "mode_comment", "community.comment"),
        _item(_("Waiting questions"), "hourglass_top", "community.escalation"),
        _item(_("Searches in vain"), "search_off", "community.searchmiss"),
        _item(_("News"), "campaign", "community.news"),
        _item(_("Ideas"), "lightbulb", "community.idea"),
        _item(_("Comments on ideas"), "mode_comment", "community.ideacomment"),
        _item(_("Contests"), "emoji_objects", "community.contest"),
        _item(_("Reviews"), "reviews", "community.review"),
        _item(_("Samples"), "redeem", "community.sample"),
        _item(_("Products"), "coffee_maker", "community.product"),
        _item(_("Topics"), "label", "community.topic"),
        _item(_("Orders"), "receipt", "community.order"),
    ),
    _section(
        _("People"),
        _item(_("Members"), "group", "community.member"),
        _item(_("Notifications"), "notifications", "community.notification"),
        _item(_("Groups"), "admin_panel_settings", "auth.group"),
    ),
    _section(
        _("Recognition"),
        _item(_("Rules"), "gavel", "gamification.rule"),
        _item(_("Time machine"), "history", "gamification.simulation"),
        _item(_("Badges"), "military_tech", "gamification.badge"),
        _item(_("Badges taken back"), "undo", "gamification.revocation"),
        _item(_("Levels"), "stairs", "gamification.level"),
        _item(_("Seasons"), "date_range", "gamification.season"),
        _item(_("Quests"), "explore", "gamification.quest"),
        _item(_("Streaks"), "local_fire_department", "gamification.streak"),
        _item(_("Guards"), "shield", "gamification.guard"),
    ),
    _section(
        _("Chat"),
        _item(_("Advisers"), "support_agent", "chat.responder"),
        _item(_("Canned replies"), "quickreply", "chat.cannedreply"),
        _item(_("Routing rules"), "alt_route", "chat.routingrule"),
        _item(_("Routing decisions"), "account_tree", "chat.routingdecision"),
        _item(_("Visits"), "footprint", "chat.visit"),
        _item(_("Ratings of talks"), "reviews", "chat.rating"),
        _item(_("Talks with the bot"), "smart_toy", "chat.bottalk"),
        _item(_("Orders after a talk"), "shopping_bag", "chat.ordercredit"),
        {**_item(_("The chat in figures"), "monitoring", "chat.bottalk"), "link": CHAT_FIGURES},
        _item(_("Cards of the shop"), "local_shipping", "chat.shopmessage"),
        _item(_("Widgets"), "storefront", "chat.widget"),
    ),
    _section(
        _("Ambassadors"),
        {
            **_item(_("At a glance"), "insights", "ambassadors.ambassador"),
            "link": reverse_lazy("admin:ambassadors_overview"),
        },
        {
            **_item(_("Pipeline"), "view_kanban", "ambassadors.application"),
            "link": reverse_lazy("admin:ambassadors_application_boards"),
        },
        _item(_("Applications"), "description", "ambassadors.application"),
        _item(_("Campaigns"), "campaign", "ambassadors.campaign"),
        _item(_("Get in touch"), "waving_hand", "ambassadors.occasion"),
        _item(_("Rules for occasions"), "notifications_active", "ambassadors.occasionrule"),
        _item(_("Radar"), "radar", "ambassadors.radarscore"),
        _item(_("Nominations"), "how_to_vote", "ambassadors.nomination"),
        _item(_("Ambassadors"), "workspace_premium", "ambassadors.ambassador"),
        _item(_("Tiers"), "stairs", "ambassadors.tier"),
        _item(_("Agreements"), "contract", "ambassadors.agreement"),
        _item(_("Agreements given"), "signature", "ambassadors.agreementgiven"),
        _item(_("Training modules"), "school", "ambassadors.trainingmodule"),
        _item(_("Proof of training"), "fact_check", "ambassadors.trainingattempt"),
        _item(_("Product tests"), "science", "ambassadors.producttest"),
        _item(_("Testers"), "groups", "ambassadors.tester"),
        _item(_("Shipments"), "local_shipping", "ambassadors.shipment"),
        {
            **_item(_("Evaluations"), "bar_chart", "ambassadors.report"),
            "link": reverse_lazy("admin:ambassadors_report_evaluations"),
        },
        _item(_("Events"), "event", "ambassadors.brandevent"),
        _item(_("Consultations"), "forum", "ambassadors.consultation"),
        _item(_("Statements"), "receipt_long", "ambassadors.statement"),
        _item(_("Payouts"), "payments", "ambassadors.payout"),
        _item(_("Moves"), "swap_horiz", "ambassadors.move"),
    ),
    _section(
        _("Rewards"),
        _item(_("Rewards"), "card_giftcard", "gamification.reward"),
        _item(_("Redemptions"), "inventory_2", "gamification.redemption"),
        _item(_("Pools of coupons"), "confirmation_number", "gamification.couponpool"),
        _item(_("Coupons"), "redeem", "gamification.coupon"),
        _item(_("Budgets"), "savings", "gamification.budget"),
        _item(_("Terms of credits"), "event_available", "gamification.creditterms"),
    ),
    _section(
        _("Books"),
        _item(_("Ledger"), "receipt_long", "gamification.entry"),
        _item(_("Balances"), "account_balance_wallet", "gamification.balance"),
        _item(_("Lots of credits"), "hourglass_bottom", "gamification.lot"),
        _item(_("Counters"), "tag", "gamification.counter"),
        _item(_("Awards"), "workspace_premium", "gamification.award"),
        _item(_("Replays"), "replay", "gamification.replay"),
    ),
)
WAITING = (
    {**_item(_("Moderation queue"), "flag", "community.case"), "link": reverse_lazy("community:moderation")},
    _item(_("Appeals"), "balance", "community.appeal"),
    _item(_("Notices"), "report", "community.notice"),
    _item(_("Held points"), "front_hand", "gamification.holdcase"),
)
SAFETY = (
    _item(_("Cases"), "fact_check", "community.case"),
    _item(_("Sanctions"), "gavel", "community.sanction"),
    _item(_("Watched words"), "spellcheck", "community.watchedword"),
    {
        **_item(_("Audit log"), "policy", "community.activity"),
        "link": reverse_lazy("admin:community_activity_changelist", query={"part": "moderation"}),
        "active": _journal(audited=True),
    },
    _item(_("Letters"), "mail", "community.letter"),
)
PRIVACY = (
    _item(_("Consents"), "handshake", "community.consent"),
    _item(_("Data exports"), "folder_zip", "community.dataexport"),
    _item(_("Looks at personal data"), "visibility", "ambassadors.disclosed"),
    _item(_("Retention"), "auto_delete", "community.retentionperiod"),
)
BACKGROUND = (
    {**_item(_("Journal"), "history_edu", "community.activity"), "active": _journal(audited=False)},
    _item(_("E-mails"), "outgoing_mail", "community.mailing"),
)
DELIVERIES = _item(_("Deliveries"), "conveyor_belt", "community.delivery")
API_KEYS = _item(_("API keys"), "key", "community.apikey")
BRAND = _item(_("Name, logo and look"), "palette", "community.brand")

LOOK: dict[str, Any] = {
    "SITE_TITLE": "Kundenkreis",
    "SITE_HEADER": brand_name,
    "SITE_SUBHEADER": _("Community desk"),
    "SITE_SYMBOL": "forum",
    "SITE_URL": "/",
    "SHOW_HISTORY": True,
    "SHOW_BACK_BUTTON": True,
    "SHOW_LANGUAGES": True,
    "BORDER_RADIUS": "8px",
    "COLORS": {"primary": _scale(170, 1), "base": _scale(84, 0.12)},
    "SITE_FAVICONS": [{"rel": "icon", "type": "image/svg+xml", "href": favicon}],
    "STYLES": [style_sheet],
    "DASHBOARD_CALLBACK": "config.dashboard.figures",
    "COMMAND": {"search_models": ["community.thread", "community.member", "gamification.badge"]},
    "SIDEBAR": {
        "show_search": True,
        "command_search": True,
        "show_all_applications": False,
        "navigation": navigation,
    },
}
