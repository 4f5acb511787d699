"""What the shop's server told: customers and orders, and from these who owns what."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ShopCustomer(models.Model):
    """A customer as the shop numbers them. The e-mail address is kept as a keyed digest only.

    ``member`` is who has verified that address here. ``email_at`` is when the shop last told an address: an older
    word never replaces a newer one.
    """

    ref = models.CharField(_("number in the shop"), max_length=100, unique=True)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="shop_customers",
        verbose_name=_("member"),
    )
    email_digest = models.CharField(max_length=64, blank=True, editable=False, db_index=True)
    email_at = models.DateTimeField(null=True, blank=True, editable=False)
    linked_at = models.DateTimeField(_("linked"), null=True, blank=True)

    class Meta:
        ordering = ("id",)
        verbose_name = _("shop customer")
        verbose_name_plural = _("shop customers")

    def __str__(self) -> str:
        return self.ref


class Order(models.Model):
    """An order in its newest known state.

    ``updated_at`` is the shop's time of that state and decides which of two words is the newer one; then the later
    status does, then ``digest``, so that any two nodes that heard the same words keep the same state.
    ``conversation`` ties it to a talk that led to it.
    """

    class Status(models.TextChoices):
        PLACED = "placed", _("Placed")
        PAID = "paid", _("Paid")
        SHIPPED = "shipped", _("Shipped")
        DELIVERED = "delivered", _("Delivered")
        RETURNED = "returned", _("Returned")
        CANCELLED = "cancelled", _("Cancelled")

    #: In these the customer owns what was ordered.
    OWNED = (Status.PAID, Status.SHIPPED, Status.DELIVERED)

    number = models.CharField(_("number"), max_length=100, unique=True)
    customer = models.ForeignKey(ShopCustomer, models.PROTECT, related_name="orders", verbose_name=_("customer"))
    placed_at = models.DateTimeField(_("placed"))
    status = models.CharField(_("status"), max_length=12, choices=Status)
    currency = models.CharField(_("currency"), max_length=3)
    updated_at = models.DateTimeField(_("state of"))
    digest = models.CharField(max_length=64, editable=False)
    conversation = models.CharField(_("conversation"), max_length=200, blank=True)

    class Meta:
        ordering = ("-placed_at", "-id")
        verbose_name = _("order")
        verbose_name_plural = _("orders")
        indexes = (models.Index(fields=("customer", "status", "placed_at"), name="order_customer"),)

    def __str__(self) -> str:
        return self.number


class OrderLine(models.Model):
    """One article of an order; without ``product`` until the shop has told what the SKU is."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="lines")
    sku = models.CharField(_("SKU"), max_length=64)
    product = models.ForeignKey(
        "community.Product",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="order_lines",
        verbose_name=_("product"),
    )
    quantity = models.PositiveIntegerField(_("quantity"))
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)

    class Meta:
        ordering = ("order_id", "sku")
        verbose_name = _("order line")
        verbose_name_plural = _("order lines")
        constraints = (models.UniqueConstraint(fields=("order", "sku"), name="order_line_unique"),)
        indexes = (models.Index(fields=("sku",), condition=Q(product=None), name="order_line_unknown"),)

    def __str__(self) -> str:
        return f"{self.quantity} × {self.sku}"


class Ownership(models.Model):
    """That a member owns a product: derived from orders that are paid, shipped or delivered, and from nothing else."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="ownerships")
    product = models.ForeignKey("community.Product", models.CASCADE, related_name="ownerships")
    since = models.DateTimeField(_("since"))

    class Meta:
        ordering = ("member_id", "product_id")
        verbose_name = _("ownership")
        verbose_name_plural = _("ownerships")
        constraints = (models.UniqueConstraint(fields=("product", "member"), name="ownership_unique"),)

    def __str__(self) -> str:
        return f"{self.member_id} · {self.product_id}"
