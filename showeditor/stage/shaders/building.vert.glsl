#version 330
// Walls and roofs; the light of the strongest bursts is found at their corners.
#include "shone.glsl"
in vec3 place;
in vec3 normal;
in vec3 wall;              // metres along and up, height of the wall (0: roof)
uniform mat4 world_to_clip;
uniform float mirror;
uniform float water;
uniform vec3 ambient;
uniform vec3 sunlight;
uniform vec3 sun;
out vec3 lit;
out vec3 on_wall;
void main() {
    vec3 shone = shone_on_surface(place, normal);
    lit = ambient * (0.85 + 0.25 * normal.z) + sunlight * max(dot(normal, sun), 0.0) + shone;
    on_wall = wall;
    vec3 at = place;
    at.z = mix(at.z, 2.0 * water - at.z, mirror);
    gl_Position = world_to_clip * vec4(at, 1.0);
}
