#version 330
in vec2 uv;
uniform sampler2D picture;
uniform vec2 texel;
uniform float gain;
out vec4 colour;
vec3 at(float x, float y) { return texture(picture, uv + texel * vec2(x, y)).rgb; }
void main() {
    vec3 c = at(0.0, 0.0) * 4.0 + (at(-1.0, 0.0) + at(1.0, 0.0) + at(0.0, -1.0) + at(0.0, 1.0)) * 2.0;
    c += at(-1.0, -1.0) + at(1.0, -1.0) + at(-1.0, 1.0) + at(1.0, 1.0);
    colour = vec4(c * (gain / 16.0), 1.0);
}
