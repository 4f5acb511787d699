"""Community: members, content, the journal of deeds, notifications."""
