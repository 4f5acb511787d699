"""The function by which a search on PostgreSQL finds the threads that contain its words."""

from django.db import migrations

#: Again a function for the sake of its setting: the planner takes the joined texts for cheap and, where many threads
#: match, would put them together for each thread again, thirty times slower than the index in which they are ready.
HITS = """
    CREATE FUNCTION community_search_hits(asked tsquery) RETURNS SETOF bigint
    LANGUAGE sql STABLE ROWS 50000 SET enable_seqscan = off AS $$
        SELECT thread_id FROM community_search WHERE (title || body || answers) @@ asked
    $$
"""


def forward(_apps, schema_editor):
    """Make it."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(HITS, params=None)


def backward(_apps, schema_editor):
    """Drop it."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION community_search_hits(tsquery)", params=None)


class Migration(migrations.Migration):
    """Nothing to do on SQLite."""

    dependencies = (("community", "0004_quiet_votes_and_former_handles"),)
    operations = (migrations.RunPython(forward, backward),)
