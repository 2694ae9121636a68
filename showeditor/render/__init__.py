"""Pictures of a Plan for files and reports, without a window.

`picture.render_picture` gives one moment as an array, `picture.write_png` saves it; both work with no display.
"""
