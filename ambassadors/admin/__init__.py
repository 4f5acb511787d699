"""The ambassadors' pages in the admin, one module for each noun."""

from ambassadors.admin import (  # noqa: F401 - importing registers the pages
    applications,
    campaigns,
    consultations,
    events,
    moves,
    payouts,
    product_tests,
    programme,
    radar,
    reports,
    shipments,
    statements,
    testers,
    training,
)
