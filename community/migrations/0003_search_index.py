"""The tables of the search index, which are no models: each database has its own kind.

There is no foreign key to the thread: SQLite's full-text tables cannot have one, and readers join the threads anyway.
"""

from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations

FORWARD = {
    "sqlite": (
        "CREATE VIRTUAL TABLE community_search USING fts5(title, body, tokenize = 'unicode61 remove_diacritics 0')",
        "CREATE TABLE community_search_word (id integer PRIMARY KEY, word text NOT NULL UNIQUE)",
        "CREATE VIRTUAL TABLE community_search_trigram USING fts5(word, tokenize = 'trigram')",
    ),
    "postgresql": (
        "CREATE TABLE community_search (thread_id bigint PRIMARY KEY, title tsvector NOT NULL, body tsvector NOT NULL)",
        "CREATE INDEX community_search_title ON community_search USING gin (title)",
        "CREATE INDEX community_search_words ON community_search USING gin ((title || body))",
        'CREATE TABLE community_search_word (word text COLLATE "C" PRIMARY KEY)',
        "CREATE INDEX community_search_trigram ON community_search_word USING gin (word gin_trgm_ops)",
    ),
}
BACKWARD = {
    "sqlite": (
        "DROP TABLE community_search_trigram",
        "DROP TABLE community_search_word",
        "DROP TABLE community_search",
    ),
    "postgresql": ("DROP TABLE community_search_word", "DROP TABLE community_search"),
}


def _running(statements):
    def run(apps, schema_editor):
        for statement in statements[schema_editor.connection.vendor]:
            schema_editor.execute(statement)

    return run


class Migration(migrations.Migration):
    dependencies = [("community", "0002_append_only")]

    operations = [TrigramExtension(), migrations.RunPython(_running(FORWARD), _running(BACKWARD))]
