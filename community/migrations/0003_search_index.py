"""The tables of the search index, which are no models: each database has its own kind.

There is no foreign key to the thread: SQLite's full-text tables cannot have one, and readers join the threads anyway.
"""

from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations

#: A function, because it can bring its own settings: the planner takes comparing trigrams for cheap and would read the
#: whole vocabulary for every word, ten times slower than the index.
NEAR = """
    CREATE FUNCTION community_search_near(stems text[], beginnings text[]) RETURNS TABLE (typed text, known text)
    LANGUAGE sql STABLE SET enable_seqscan = off AS $$
        SELECT stem, alike.word FROM unnest(stems) AS stem CROSS JOIN LATERAL (
            SELECT word FROM community_search_word WHERE word % stem ORDER BY similarity(word, stem) DESC, word LIMIT 20
        ) AS alike
        UNION
        SELECT stem, longer.word FROM unnest(stems) AS stem CROSS JOIN LATERAL (
            SELECT word FROM community_search_word WHERE word LIKE '%' || stem || '%' ORDER BY length(word), word LIMIT 30
        ) AS longer WHERE length(stem) > 3
        UNION
        SELECT beginning, whole.word FROM unnest(beginnings) AS beginning CROSS JOIN LATERAL (
            SELECT word FROM community_search_word WHERE word LIKE beginning || '%' ORDER BY length(word), word LIMIT 20
        ) AS whole
    $$
"""
FORWARD = {
    "sqlite": (
        "CREATE VIRTUAL TABLE community_search USING fts5(title, body, answers, tokenize = 'unicode61 remove_diacritics 0')",
        "CREATE TABLE community_search_word (id integer PRIMARY KEY, word text NOT NULL UNIQUE)",
        "CREATE VIRTUAL TABLE community_search_trigram USING fts5(word, tokenize = 'trigram')",
    ),
    "postgresql": (
        (
            "CREATE TABLE community_search (thread_id bigint PRIMARY KEY, title tsvector NOT NULL,"
            " body tsvector NOT NULL, answers tsvector NOT NULL DEFAULT '')"
        ),
        "CREATE INDEX community_search_title ON community_search USING gin (title)",
        "CREATE INDEX community_search_words ON community_search USING gin ((title || body || answers))",
        'CREATE TABLE community_search_word (word text COLLATE "C" PRIMARY KEY)',
        "CREATE INDEX community_search_trigram ON community_search_word USING gin (word gin_trgm_ops)",
        NEAR,
    ),
}
BACKWARD = {
    "sqlite": (
        "DROP TABLE community_search_trigram",
        "DROP TABLE community_search_word",
        "DROP TABLE community_search",
    ),
    "postgresql": (
        "DROP FUNCTION community_search_near(text[], text[])",
        "DROP TABLE community_search_word",
        "DROP TABLE community_search",
    ),
}


def forward(_apps, schema_editor):
    for statement in FORWARD[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


def backward(_apps, schema_editor):
    for statement in BACKWARD[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = (("community", "0002_append_only"),)
    operations = (TrigramExtension(), migrations.RunPython(forward, backward))
