#version 330
// Sparks that trails are made of: a slot of a star always holds its latest emission, so nothing is remembered.
in float lane;
in vec2 piece;             // record, first lane
uniform float shown;       // part of the slots drawn in this frame
out vec3 light;
#include "stars.glsl"
#include "view.glsl"
#include "burning.glsl"

void main() {
    gl_Position = NOWHERE;
    gl_PointSize = 1.0;
    light = vec3(0.0);
    int row = int(piece.x), at = int(piece.y) + int(lane);
    int look = int(record_of(row, 3).x);
    vec4 launch = look_of(look, 0), glow = look_of(look, 5), shed = look_of(look, 6);
    int slots = int(shed.x), drawn = max(1, int(ceil(shed.x * shown)));
    int number = at / drawn;
    if (slots == 0 || number >= int(launch.y)) return;
    int slot = ((at - number * drawn) * int(shed.y)) % slots;
    Star s = star_of(row, number);
    float rate = shed.x / glow.w;
    float count = shed.x * floor((s.age * rate - float(slot)) / shed.x) + float(slot);
    float born = count / rate;
    float old = s.age - born;
    uint key = mix32(s.key ^ (uint(int(count)) * 0x27D4EB2Fu));
    float life = glow.w * (0.3 + 0.7 * chance(key, 1u));
    if (count < 0.0 || born > s.life || old < 0.0 || old > life) return;
    vec3 scatter = vec3(chance(key, 2u), chance(key, 3u), chance(key, 4u)) * 2.0 - 1.0;
    vec3 along;
    vec4 clip = seen(shed_at(s, old, scatter, along));
    float dim;
    gl_PointSize = disc(look_of(look, 2).w * 1.1, 1.7, clip.w, dim);
    gl_Position = clip;
    float w = old / life;
    float heat = (1.0 - w) * exp(-1.1 * w);
    uint tick = uint(int(max(0.0, s.age) * 30.0));
    heat *= chance(key ^ (tick * 0x85EBCA6Bu), 5u) < 0.55 ? 1.5 : 0.35;
    // the late flash of glitter
    float glitter = look_of(look, 4).w;
    if (glitter > 0.0 && w > 0.45 && w < 0.62 && chance(key, 6u) < 0.3 * glitter) heat += 6.0;
    vec3 hot = glow.rgb, cool = glow.rgb * vec3(0.85, 0.38, 0.16);
    light = mix(cool, hot, clamp(1.3 * heat, 0.0, 1.0)) * heat * dim * exposure_of_points / sqrt(shown);
}
