"""Hashed static files, with the imports of our own modules rewritten to the hashed names."""

from typing import ClassVar

from whitenoise.storage import CompressedManifestStaticFilesStorage


class ModuleManifestStorage(CompressedManifestStaticFilesStorage):
    """Rewrites CSS as Django does, and ``import`` statements below ``js/`` only: packages' scripts stay as they are."""

    support_js_module_import_aggregation = False
    patterns: ClassVar = (
        *CompressedManifestStaticFilesStorage.patterns,
        (
            "js/*.js",
            (
                (
                    r"""(?P<matched>import\s+(?s:(?P<import>[^'";]*?)\s+from\s+)?["'](?P<url>\./[^"']*)["'])""",
                    """import %(import)s from "%(url)s\"""",
                ),
            ),
        ),
    )
