"""Dock panels: palette, findings."""
