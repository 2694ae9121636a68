"""Dialogs: text formation, SVG import, export, verify."""
