"""The search index gets a third column: the words of a thread's answers. What it holds so far is kept."""

from django.db import migrations

FORWARD = {
    "sqlite": (
        "CREATE VIRTUAL TABLE community_search_wider USING fts5(title, body, answers, tokenize = 'unicode61 remove_diacritics 0')",
        "INSERT INTO community_search_wider (rowid, title, body, answers) SELECT rowid, title, body, '' FROM community_search",
        "DROP TABLE community_search",
        "ALTER TABLE community_search_wider RENAME TO community_search",
    ),
    "postgresql": (
        "ALTER TABLE community_search ADD COLUMN answers tsvector NOT NULL DEFAULT ''",
        "DROP INDEX community_search_words",
        "CREATE INDEX community_search_words ON community_search USING gin ((title || body || answers))",
    ),
}
BACKWARD = {
    "sqlite": (
        "CREATE VIRTUAL TABLE community_search_narrower USING fts5(title, body, tokenize = 'unicode61 remove_diacritics 0')",
        "INSERT INTO community_search_narrower (rowid, title, body) SELECT rowid, title, body FROM community_search",
        "DROP TABLE community_search",
        "ALTER TABLE community_search_narrower RENAME TO community_search",
    ),
    "postgresql": (
        "DROP INDEX community_search_words",
        "ALTER TABLE community_search DROP COLUMN answers",
        "CREATE INDEX community_search_words ON community_search USING gin ((title || body))",
    ),
}


def forward(_apps, schema_editor):
    for statement in FORWARD[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


def backward(_apps, schema_editor):
    for statement in BACKWARD[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = (("community", "0005_finding"),)
    operations = (migrations.RunPython(forward, backward),)
