"""The headless clock of the night: sends timecode and stage cues of a published folder, or follows timecode.

It never talks to firing controllers or drones: those run their own files and follow the same timecode.
"""
