#version 330
// The burning heads of stars: one point each.
in float lane;
in vec2 piece; // record, first star
out vec3 light;
#include "stars.glsl"
#include "view.glsl"
#include "burning.glsl"

void main() {
    gl_Position = NOWHERE;
    gl_PointSize = 1.0;
    light = vec3(0.0);
    int row = int(piece.x), number = int(piece.y) + int(lane);
    int look = int(record_of(row, 3).x);
    if (number >= int(look_of(look, 0).y)) return;
    Star s = star_of(row, number);
    if (s.age < 0.0 || s.age > s.life) return;
    vec3 place, pace;
    state_at(s, s.age, place, pace);
    vec4 clip = seen(place);
    float dim;
    gl_PointSize = disc(look_of(look, 2).w * 3.0, 2.6, clip.w, dim);
    gl_Position = clip;
    light = colour_at(s, s.age) * burning(s) * dim * exposure_of_points;
}
