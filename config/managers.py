"""The group of community managers: limited staff with exactly these permissions, kept exact after each migration."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db.models import Q

NAME = "Community managers"

#: App, model and what a manager may do. Which fields that means is decided by the admin pages.
PERMISSIONS: dict[str, dict[str, tuple[str, ...]]] = {
    "community": {
        "thread": ("view", "change"),
        "answer": ("view", "change"),
        "comment": ("view", "change"),
        "member": ("view", "change"),
        "activity": ("view",),
        "delivery": ("view", "change"),
        "notification": ("view",),
        "mailing": ("view", "change"),
        "news": ("view", "add", "change"),
        "review": ("view", "change"),
        "sample": ("view", "add"),
        "product": ("view", "add", "change"),
        "topic": ("view", "add", "change"),
        "idea": ("view", "change"),
        "ideacomment": ("view", "change"),
        "contest": ("view", "add", "change"),
        "toolkit": ("view", "add", "change"),
        "toolkitoption": ("view", "add", "change", "delete"),
        "toolkitchoice": ("view", "add", "change", "delete"),
        "toolkitconstraint": ("view", "add", "change", "delete"),
        "brand": ("view", "add", "change"),
        "apikey": ("view", "add", "change"),
        "order": ("view",),
        "orderline": ("view",),
        "searchmiss": ("view", "change"),
        "escalation": ("view",),
        "case": ("view", "change"),
        "flag": ("view",),
        "watchedword": ("view", "add", "change"),
        "sanction": ("view", "add", "change"),
        "appeal": ("view", "change"),
        "notice": ("view", "change"),
        "letter": ("view",),
        "consent": ("view",),
        "dataexport": ("view",),
        "retentionperiod": ("view",),
    },
    "gamification": {
        "rule": ("view", "add", "change"),
        "ruleversion": ("view", "add", "change", "approve"),
        "simulation": ("view", "add"),
        "retroaction": ("view",),
        "replay": ("view", "add", "change"),
        "shadow": ("view",),
        "badge": ("view", "add", "change"),
        "grade": ("view", "add", "change"),
        "level": ("view", "add", "change"),
        "entry": ("view",),
        "balance": ("view",),
        "counter": ("view",),
        "award": ("view",),
        "budget": ("view", "add", "change"),
        "reward": ("view", "add", "change"),
        "redemption": ("view", "change"),
        "creditterms": ("view", "change"),
        "lot": ("view",),
        "couponpool": ("view", "add", "change"),
        "coupon": ("view", "change"),
        "couponuse": ("view",),
        "season": ("view", "add", "change"),
        "quest": ("view", "add", "change"),
        "streak": ("view", "change"),
        "revocation": ("view", "add", "change"),
        "holdcase": ("view", "add", "change"),
        "guard": ("view", "add", "change"),
    },
    "chat": {
        "routingrule": ("view", "add", "change"),
        "routingdecision": ("view",),
        "visit": ("view",),
        "widget": ("view", "add", "change"),
        "responder": ("view", "add", "change"),
        "cannedreply": ("view", "add", "change"),
        "messagereport": ("view", "change"),
        "rating": ("view",),
        "bottalk": ("view",),
        "ordercredit": ("view",),
        "shopmessage": ("view",),
    },
    "ambassadors": {
        "ambassador": ("view", "change"),
        "tier": ("view", "add", "change"),
        "tierfee": ("view", "add"),
        "agreement": ("view", "add", "change"),
        "agreementgiven": ("view",),
        "trainingmodule": ("view", "add", "change"),
        "trainingquestion": ("view", "add", "change", "delete"),
        "trainingchoice": ("view", "add", "change", "delete"),
        "trainingattempt": ("view",),
        "campaign": ("view", "add", "change"),
        "criterion": ("view", "add", "change", "delete"),
        "campaignquestion": ("view", "add", "change", "delete"),
        "campaignnote": ("view", "add", "change", "delete"),
        "voice": ("view", "add", "change", "delete"),
        "application": ("view", "change"),
        "campaigninvite": ("view",),
        "radarscore": ("view", "change"),
        "nomination": ("view",),
        "occasionrule": ("view", "add", "change"),
        "occasion": ("view", "change"),
        "brandevent": ("view", "add", "change"),
        "registration": ("view",),
        "producttest": ("view", "add", "change"),
        "segment": ("view", "add", "change", "delete"),
        "applyquestion": ("view", "add", "change", "delete"),
        "tester": ("view",),
        "shipment": ("view", "change", "pack"),
        "report": ("view",),
        "reportquestion": ("view", "add", "change", "delete"),
        "findings": ("view", "add", "change"),
        "move": ("view",),
        "disclosed": ("view",),
        "consultation": ("view", "change"),
        "statement": ("view", "change"),
        "statementline": ("view",),
        "payout": ("view", "add", "change", "approve"),
    },
}


def keep_exact(sender: Any, **kwargs: Any) -> None:
    """Give the group what the table says and nothing else; runs after migrations."""
    wanted = Q()
    for app, models in PERMISSIONS.items():
        # Django makes permissions in another receiver of the same signal, which may come later.
        create_permissions(apps.get_app_config(app), verbosity=0)
        for model, verbs in models.items():
            names = [f"{verb}_{model}" for verb in verbs]
            wanted |= Q(content_type__app_label=app, content_type__model=model, codename__in=names)
    group, _created = Group.objects.get_or_create(name=NAME)
    group.permissions.set(Permission.objects.filter(wanted))
