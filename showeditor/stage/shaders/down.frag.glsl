#version 330
in vec2 uv;
uniform sampler2D picture;
uniform vec2 texel;
uniform float first;
out vec4 colour;
vec3 soft(vec2 d) {
    vec3 c = texture(picture, uv + d * texel).rgb;
    // single hot pixels would flicker in the halo
    return first > 0.5 ? c / (1.0 + 0.012 * max(c.r, max(c.g, c.b))) : c;
}
void main() {
    colour = vec4((soft(vec2(-1.0)) + soft(vec2(1.0, -1.0)) + soft(vec2(-1.0, 1.0)) + soft(vec2(1.0))) * 0.25, 1.0);
}
