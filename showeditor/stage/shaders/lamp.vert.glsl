#version 330
// Lights given one by one: break flashes, drones, marks.
in vec4 lamp_place;        // x y z, diameter in metres
in vec4 lamp_light;        // linear RGB, least size in pixels
out vec3 light;
#include "view.glsl"

void main() {
    vec4 clip = seen(lamp_place.xyz);
    float dim;
    gl_PointSize = disc(lamp_place.w, lamp_light.w, clip.w, dim);
    gl_Position = clip;
    light = lamp_light.rgb * dim * exposure_of_points;
}
