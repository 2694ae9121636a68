#version 330
// Covers the target and gives every pixel its ray.
in vec2 corner;
uniform vec3 eye;
uniform vec3 forward;
uniform vec3 right_span;
uniform vec3 up_span;
uniform vec3 right_shift;
uniform vec3 up_shift;
out vec2 uv;
out vec3 start, ray;
void main() {
    uv = corner * 0.5 + 0.5;
    start = eye + right_shift * corner.x + up_shift * corner.y;
    ray = forward + right_span * corner.x + up_span * corner.y;
    gl_Position = vec4(corner, 0.0, 1.0);
}
