"""The timeline: axis, lanes, painting, dragging."""
