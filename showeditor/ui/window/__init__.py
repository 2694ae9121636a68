"""The main window: frame, commands, files, status."""
