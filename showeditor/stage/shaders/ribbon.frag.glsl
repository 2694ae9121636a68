#version 330
in vec3 light;
in float across;
out vec4 colour;
void main() {
    float f = max(0.0, 1.0 - across * across);
    colour = vec4(light * f * f, 1.0);
}
