"""What a firework does: descriptions in VDL and the palette -> devices, shots and layers of stars, as data."""
