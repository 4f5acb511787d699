"""The Content-Security-Policy: nothing inline, nothing from elsewhere.

The admin theme evaluates expressions and styles elements inline, so ``/admin/`` alone gets a wider policy
(``community.middleware`` is not involved: django-csp merges ``ADMIN`` in ``config.admin_site``).
"""

from csp.constants import NONE, SELF, UNSAFE_EVAL, UNSAFE_INLINE

POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

ADMIN = {"script-src": [SELF, UNSAFE_EVAL], "style-src": [SELF, UNSAFE_INLINE]}
