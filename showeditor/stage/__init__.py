"""The picture of a Plan at one moment, drawn on the GPU; no Qt, no state between frames.

`renderer.Renderer` draws into whatever GL context is current (a window, an offscreen surface);
`offscreen.Offscreen` brings its own surface and gives arrays. `camera.Camera` says from where.
vispy is imported by `gl` alone, GLSL lives in `shaders/`.
"""
