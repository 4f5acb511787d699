"""The Content-Security-Policy: nothing inline, nothing from elsewhere.

The admin's theme evaluates its expressions (Alpine) and styles elements inline, so the admin alone gets a wider policy;
``config.admin_site`` puts it on every admin view.
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

#: Added to ``POLICY`` in the admin: still no inline script and nothing from elsewhere.
ADMIN = {"script-src": [UNSAFE_EVAL], "style-src": [UNSAFE_INLINE]}

#: For files that people uploaded: shown, never run, whatever they hold.
MEDIA = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
