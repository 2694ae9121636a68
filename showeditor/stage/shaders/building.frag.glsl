#version 330
#include "hash.glsl"
in vec3 lit;
in vec3 on_wall;
uniform float windows;     // how bright lit windows are
out vec4 colour;
const vec2 CELL = vec2(3.4, 3.1);
void main() {
    vec3 stone = vec3(0.42, 0.40, 0.37);
    vec3 c = lit * stone;
    if (on_wall.z > 2.5) {
        vec2 at = on_wall.xy / CELL, in_cell = fract(at);
        // windows melt into the wall where they are smaller than a pixel
        vec2 blur = clamp(fwidth(at) * 1.2, 0.02, 1.0);
        vec2 pane = smoothstep(vec2(0.24, 0.30) - blur, vec2(0.24, 0.30) + blur, in_cell)
                  * (1.0 - smoothstep(vec2(0.76, 0.80) - blur, vec2(0.76, 0.80) + blur, in_cell));
        float glass = pane.x * pane.y * step((floor(at.y) + 0.9) * CELL.y, on_wall.z);
        uint key = mix32(uint(int(floor(at.x)) * 7919 + int(floor(at.y)) * 104729 + 17));
        float on = step(chance(key, 1u), 0.20) * (0.35 + 0.65 * chance(key, 2u));
        c = mix(c, lit * vec3(0.10, 0.12, 0.15), glass * 0.8);
        c += vec3(1.0, 0.66, 0.32) * (0.22 * glass * on * windows);
    } else {
        c *= 0.7;
    }
    colour = vec4(c, 1.0);
}
