#version 330
// Terrain; the light of the strongest bursts is found at its corners.
#include "shone.glsl"
in vec3 place;
in vec3 normal;
uniform mat4 world_to_clip;
uniform float mirror;
uniform float water;
uniform vec3 ambient;
uniform vec3 sunlight;
uniform vec3 sun;
out vec3 lit;
out vec3 shone_on;
out vec3 at;
void main() {
    shone_on = shone_on_surface(place, normal);
    lit = ambient * (0.75 + 0.25 * normal.z) + sunlight * max(dot(normal, sun), 0.0);
    at = place;
    vec3 shown = place;
    shown.z = mix(shown.z, 2.0 * water - shown.z, mirror);
    gl_Position = world_to_clip * vec4(shown, 1.0);
}
