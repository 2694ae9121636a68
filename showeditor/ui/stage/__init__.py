"""The 3D view: two hosts for the one renderer, and the camera under the pointer."""
