#version 330
// Covers the target, or the rows of it between two heights, and gives every pixel its ray.
in vec2 corner;
uniform vec2 rows;         // lowest and highest, -1 to 1
uniform vec3 eye;
uniform vec3 forward;
uniform vec3 right_span;
uniform vec3 up_span;
uniform vec3 right_shift;
uniform vec3 up_shift;
out vec2 uv;
out vec3 start, ray;
void main() {
    vec2 at = vec2(corner.x, corner.y < 0.0 ? rows.x : rows.y);
    uv = at * 0.5 + 0.5;
    start = eye + right_shift * at.x + up_shift * at.y;
    ray = forward + right_span * at.x + up_span * at.y;
    gl_Position = vec4(at, 0.0, 1.0);
}
