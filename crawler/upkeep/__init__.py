"""Keeping the declarations of portals true: drafted by `tinso new`, tried by `tinso check`, held to rules."""
