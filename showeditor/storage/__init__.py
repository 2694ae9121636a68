"""The `.show` file: canonical text, migrations, atomic saving, autosave and recovery."""
