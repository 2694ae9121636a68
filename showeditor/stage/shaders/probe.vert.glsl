#version 330
// Writes what the shaders compute into pixels, for comparison with stage/stars.py: one star a pixel.
in vec4 lane;              // record, star, pixel in clip space
uniform float old;         // 0 gives the star's place, more a spark shed so many seconds ago
out vec4 found;
#include "stars.glsl"

void main() {
    Star s = star_of(int(lane.x), int(lane.y));
    vec3 place, pace;
    if (old > 0.0) place = shed_at(s, old, vec3(chance(s.key, 2u), chance(s.key, 3u), chance(s.key, 4u)) * 2.0 - 1.0, pace);
    else state_at(s, s.age, place, pace);
    found = vec4(place, s.life);
    gl_Position = vec4(lane.zw, 0.0, 1.0);
    gl_PointSize = 1.0;
}
