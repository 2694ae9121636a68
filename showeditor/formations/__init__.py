"""Formations: text, SVG, point lists and motifs as evenly spaced points with colour and path parameter. No Qt."""
