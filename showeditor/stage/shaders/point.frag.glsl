#version 330
in vec3 light;
out vec4 colour;
void main() {
    vec2 d = gl_PointCoord * 2.0 - 1.0;
    float f = max(0.0, 1.0 - dot(d, d));
    colour = vec4(light * f * f, 1.0);
}
