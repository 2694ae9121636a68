#version 330
// Crackling stars: late in a star's life, short white pops around it.
in float lane;
in vec2 piece;             // record, first lane
out vec3 light;
#include "stars.glsl"
#include "view.glsl"

const int POPS = 8;

void main() {
    gl_Position = NOWHERE;
    gl_PointSize = 1.0;
    light = vec3(0.0);
    int row = int(piece.x), at = int(piece.y) + int(lane);
    int look = int(record_of(row, 3).x);
    float amount = look_of(look, 6).z;
    int number = at / POPS;
    if (amount <= 0.0 || number >= int(look_of(look, 0).y)) return;
    Star s = star_of(row, number);
    uint key = mix32(s.key ^ (uint(at - number * POPS) * 0x27D4EB2Fu));
    if (chance(key, 1u) > amount) return;
    float at_s = s.life * (0.6 + 0.38 * chance(key, 2u));
    float since = s.age - at_s;
    if (since < 0.0 || since > 0.12) return;
    vec3 place, pace;
    state_at(s, at_s, place, pace);
    place += (vec3(chance(key, 3u), chance(key, 4u), chance(key, 5u)) * 2.0 - 1.0) * 2.5;
    vec4 clip = seen(place);
    float dim;
    gl_PointSize = disc(look_of(look, 2).w * 2.2, 2.4, clip.w, dim);
    gl_Position = clip;
    light = vec3(1.0, 0.86, 0.6) * 14.0 * exp(-30.0 * since) * dim * exposure_of_points;
}
