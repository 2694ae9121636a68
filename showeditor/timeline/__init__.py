"""Edits as pure functions from Show to Show, snapping, rulers, and the tools that spread, mirror and address cues.

Every edit returns the show it was given when nothing changes, shares every part it does not touch, and raises
BadInput naming the ids it does not know.
"""
