"""Pages behind a secret address of an e-mail: no log-in, and no trace of the address anywhere else."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

Rest = ParamSpec("Rest")
View = Callable[Concatenate[HttpRequest, Rest], HttpResponse]


def by_secret_link(view: View[Rest]) -> View[Rest]:
    """Open ``view`` to whoever holds its address, from a mail program and without a cookie: the address is the proof.

    It is told to no other site, kept in no cache and found by no search engine.
    """

    @wraps(view)
    def opened(request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex"
        return response

    return csrf_exempt(never_cache(opened))
