#version 330
// From light to the screen: exposure, halo, white-hot cores, curve, dither.
#include "hash.glsl"
in vec2 uv;
uniform sampler2D picture;
uniform sampler2D halo;
uniform float exposure;
uniform float halo_gain;
out vec4 colour;
void main() {
    vec3 c = (texture(picture, uv).rgb + texture(halo, uv).rgb * halo_gain) * exposure;
    // the curve on the brightest part keeps the hue, the curve on each part whitens: gold stays gold, cores burn out
    float peak = max(c.r, max(c.g, max(c.b, 1e-6)));
    c += max(peak - 3.0, 0.0) * vec3(0.13, 0.12, 0.11);
    peak = max(c.r, max(c.g, max(c.b, 1e-6)));
    c = mix(c * ((1.0 - exp(-peak)) / peak), 1.0 - exp(-c), 0.45);
    c = mix(12.92 * c, 1.055 * pow(max(c, 1e-5), vec3(1.0 / 2.4)) - 0.055, step(0.0031308, c));
    uint n = mix32(uint(gl_FragCoord.x) + 8192u * uint(gl_FragCoord.y));
    float grain = float(n & 0xFFFFu) / 65536.0 + float(n >> 16) / 65536.0 - 1.0;
    colour = vec4(c + grain / 255.0, 1.0);
}
