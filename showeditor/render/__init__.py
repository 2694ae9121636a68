"""Pictures of a Plan for files and reports, without a window.

`picture.render_picture` gives one moment as an array, `picture.write_png` saves it, `sequence.write_sequence` writes a
stretch as numbered pictures; flat, around (`equirect`) or for a `dome`. All work with no display.
"""
