"""Topics and products."""

from __future__ import annotations

from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from community import access
from community.api.base import ApiView
from community.api.pagination import KeysetPagination, PageQuery, paged
from community.api.people import person_of
from community.api.schema import operation
from community.api.serializers.catalogue import ProductSerializer, TopicSerializer
from community.keyset import BadCursor, paginate
from community.queries import products, reviews


class Topics(ApiView):
    """What threads may be about, besides a product."""

    permission_classes = (AllowAny,)
    pagination_class = KeysetPagination

    @operation(
        "topics_list",
        "List the topics",
        {200: TopicSerializer(many=True)},
        refuses=(BadCursor,),
        parameters=(PageQuery,),
    )
    def get(self, request: Request) -> Response:
        query = PageQuery.of(request)
        page = paginate(products.topics(), order=products.ORDER, cursor=query.get("cursor"), size=query["limit"])
        return paged(request, page, TopicSerializer)


class Products(ApiView):
    """What the brand sells."""

    permission_classes = (AllowAny,)
    pagination_class = KeysetPagination

    @operation(
        "products_list",
        "List the products",
        {200: ProductSerializer(many=True)},
        refuses=(BadCursor,),
        parameters=(PageQuery,),
    )
    def get(self, request: Request) -> Response:
        query = PageQuery.of(request)
        page = products.page(cursor=query.get("cursor"), size=query["limit"])
        reviews.attach_ratings(page)
        return paged(request, page, ProductSerializer)


class ProductDetail(ApiView):
    """One product."""

    permission_classes = (AllowAny,)

    @operation("products_retrieve", "Tell a product", {200: ProductSerializer}, refuses=("not_found",))
    def get(self, request: Request, slug: str) -> Response:
        product = access.product_for(person_of(request), slug)
        reviews.attach_ratings([product])
        return Response(ProductSerializer(product, context={"request": request}).data)
