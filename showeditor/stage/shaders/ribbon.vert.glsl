#version 330
// The smooth part of a trail: a strip along the path of the sparks that do not scatter.
in vec3 lane;              // star within the piece, place along the ribbon 0..1, side -1 or 1
in vec2 piece;             // record, first star
uniform vec2 half_px;      // half the target, px
out vec3 light;
out float across;
#include "stars.glsl"
#include "view.glsl"
#include "burning.glsl"

void main() {
    gl_Position = NOWHERE;
    light = vec3(0.0);
    across = lane.z;
    int row = int(piece.x), number = int(piece.y) + int(lane.x);
    int look = int(record_of(row, 3).x);
    vec4 glow = look_of(look, 5);
    if (number >= int(look_of(look, 0).y)) return;
    Star s = star_of(row, number);
    float gone = max(0.0, s.age - s.life);
    float oldest = min(glow.w, s.age);
    if (s.age < 0.0 || gone >= oldest) return;
    float old = mix(gone, oldest, lane.y * sqrt(lane.y));
    vec3 along;
    vec3 place = shed_at(s, old, vec3(0.0), along);
    vec4 clip = seen(place);
    if (clip == NOWHERE) { gl_Position = NOWHERE; return; }
    along.z *= 1.0 - 2.0 * mirror;
    vec4 ahead = clip + world_to_clip * vec4(along * 0.02, 0.0);
    vec2 way = (ahead.xy / ahead.w - clip.xy / clip.w) * half_px;
    float length_px = length(way);
    way = length_px > 1e-4 ? way / length_px : vec2(0.0, 1.0);
    float wide = metre_px * look_of(look, 2).w * (0.9 + 0.9 * lane.y) / max(clip.w, 1e-3);
    float dim = 1.0;
    if (wide < 1.7) { dim = pow(wide / 1.7, 1.3); wide = 1.7; }
    clip.xy += vec2(-way.y, way.x) * lane.z * min(wide, 40.0) / half_px * clip.w;
    gl_Position = clip;
    float w = old / glow.w;
    float heat = (1.0 - w) * sqrt(1.0 - w) * exp(-0.9 * w);
    vec3 cool = glow.rgb * vec3(0.8, 0.34, 0.14);
    light = mix(cool, glow.rgb, min(1.0, 1.4 * heat)) * heat * dim * look_of(look, 7).x * exposure_of_points;
}
