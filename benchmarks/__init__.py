"""Measurements: how well and how fast tinso reads pages, beside the other extractors."""
