"""The desktop editor: PySide6 widgets around one Session. The only room that knows Qt."""
