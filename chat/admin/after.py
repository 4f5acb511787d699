"""After the talk, in the admin: ratings, what the bot did, orders that followed, the shop's cards."""

from __future__ import annotations

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from chat.admin import figures
from chat.models import BotTalk, OrderCredit, Rating, ShopMessage
from chat.queries import bot_figures, uplift
from community.admin.base import ReadOnlyPage


@admin.register(Rating)
class RatingPage(ReadOnlyPage):
    """What visitors say of those who helped them; the low ones first reach the managers."""

    list_display = ("at", "stars", "responder", "text", "word", "shop_at_fault", "counts")
    list_filter = ("stars", "shop_at_fault", "counts")
    list_select_related = ("responder__member",)
    ordering = ("-at", "-id")
    fields = ("at", "stars", "text", "word", "shop_at_fault", "counts", "responder", "conversation")

    @display(description=_("Conversation"))
    def conversation(self, rating: Rating) -> str:
        """Which talk it was."""
        return f"#{rating.help.conversation_id}"


@admin.register(BotTalk)
class BotTalkPage(ReadOnlyPage):
    """How far the bot came by itself."""

    list_display = ("began_at", "turns", "found", "helped", "handed_over_at")
    list_filter = ("helped",)
    ordering = ("-began_at", "-id")
    fields = ("began_at", "turns", "found", "helped", "handed_over_at")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.figures)
        return [path("figures/", view, name="chat_bottalk_figures"), *super().get_urls()]

    def figures(self, request: HttpRequest) -> HttpResponse:
        """All talks in a few figures, for those who may look at each of them."""
        if not request.user.has_perms(("chat.view_bottalk", "chat.view_ordercredit")):
            raise PermissionDenied
        at = timezone.now()
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("The chat in figures"),
            "opts": self.opts,
            "bot": figures.of_bot(bot_figures.of(at)),
            "people": figures.of_people(uplift.of(at), uplift.advised(at)),
        }
        return TemplateResponse(request, "admin/chat/bottalk/figures.html", context)


@admin.register(OrderCredit)
class OrderCreditPage(ReadOnlyPage):
    """Orders that came within two days of a talk, and those of the hold-out."""

    list_display = ("at", "order", "responder", "amount", "currency", "held_out")
    list_filter = ("held_out",)
    list_select_related = ("order", "responder__member")
    ordering = ("-at", "-id")
    fields = ("at", "order", "responder", "amount", "currency", "held_out")


@admin.register(ShopMessage)
class ShopMessagePage(ReadOnlyPage):
    """What the shop sent, and whether its customer can see it yet."""

    list_display = ("at", "kind", "title", "customer", "shown_at")
    list_filter = ("kind",)
    list_select_related = ("customer",)
    search_fields = ("reference", "order")
    ordering = ("-at", "-id")
    fields = ("at", "kind", "reference", "customer", "order", "title", "text", "url", "shown_at")
