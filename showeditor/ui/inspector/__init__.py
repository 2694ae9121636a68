"""The inspector: fields for whatever is selected."""
