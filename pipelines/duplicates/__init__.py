"""Stage 7: who prints what another has printed, in one portal and across all (docs/duplicates.md)."""
