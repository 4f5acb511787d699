"""Two more tables of the search index: the words of ideas, and on PostgreSQL the words of titles.

An inverted index returns all threads with a word before the first can be used, so a frequent word cost as much as there
are threads. From the words of titles the newest are read and no others. SQLite's full-text tables do so by themselves.

Nor does PostgreSQL put off any longer to file new words in the inverted indexes: after an import of 49,000 words each
search read all that waited, 296 ms of CPU instead of 8, until the table was vacuumed.
"""

import json

from django.db import migrations

from community.search import analysis

INVERTED = ("community_search_trigram", "community_search_words", "community_search_idea_words")
FORWARD = {
    "sqlite": (
        "CREATE VIRTUAL TABLE community_search_idea USING fts5(title, body, tokenize = 'unicode61 remove_diacritics 0')",
    ),
    "postgresql": (
        'CREATE TABLE community_search_titled (word text COLLATE "C", thread_id bigint, PRIMARY KEY (word, thread_id))',
        (
            "INSERT INTO community_search_titled (word, thread_id)"
            " SELECT unnest(tsvector_to_array(title)), thread_id FROM community_search"
        ),
        "DROP INDEX community_search_title",
        "CREATE TABLE community_search_idea (idea_id bigint PRIMARY KEY, title tsvector NOT NULL, body tsvector NOT NULL)",
        "CREATE INDEX community_search_idea_words ON community_search_idea USING gin ((title || body))",
        *(f"ALTER INDEX {index} SET (fastupdate = off)" for index in INVERTED),
    ),
}
BACKWARD = {
    "sqlite": ("DROP TABLE community_search_idea",),
    "postgresql": (
        *(f"ALTER INDEX {index} RESET (fastupdate)" for index in INVERTED[:2]),
        "DROP TABLE community_search_idea",
        "CREATE INDEX community_search_title ON community_search USING gin (title)",
        "DROP TABLE community_search_titled",
    ),
}
PUT = {
    "sqlite": "INSERT INTO community_search_idea (rowid, title, body) VALUES (%s, %s, %s)",
    "postgresql": (
        "INSERT INTO community_search_idea (idea_id, title, body)"
        " VALUES (%s, array_to_tsvector(string_to_array(%s, ' ')), array_to_tsvector(string_to_array(%s, ' ')))"
    ),
}
LEARN = {
    "sqlite": (
        "INSERT INTO community_search_word (word) SELECT value FROM json_each(%s) WHERE true ON CONFLICT DO NOTHING",
        (
            "INSERT INTO community_search_trigram (rowid, word) SELECT id, '  ' || word || ' ' FROM community_search_word"
            " WHERE word IN (SELECT value FROM json_each(%s)) AND id NOT IN (SELECT rowid FROM community_search_trigram)"
        ),
    ),
    "postgresql": (
        ("INSERT INTO community_search_word (word) SELECT jsonb_array_elements_text(%s::jsonb) ON CONFLICT DO NOTHING"),
    ),
}


def forward(apps, schema_editor):
    """Make them, and put in what is there already."""
    vendor = schema_editor.connection.vendor
    for statement in FORWARD[vendor]:
        schema_editor.execute(statement, params=None)
    words, rows = set(), []
    for pk, title, body in apps.get_model("community", "Idea").objects.values_list("pk", "title", "body"):
        idea = analysis.document(title, body)
        words.update(idea.title, idea.body)
        rows.append((pk, " ".join(idea.title), " ".join(idea.body)))
    with schema_editor.connection.cursor() as cursor:
        cursor.executemany(PUT[vendor], rows)
        for statement in LEARN[vendor] if words else ():
            cursor.execute(statement, [json.dumps(sorted(words))])


def backward(_apps, schema_editor):
    """As before."""
    for statement in BACKWARD[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = (("community", "0006_tier_and_me_too_said"),)
    operations = (migrations.RunPython(forward, backward),)
