"""Chat: conversations between members, and between a visitor of the shop and who helps; the widget and its routing."""
