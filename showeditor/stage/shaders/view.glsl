// From the venue to the picture. `mirror` is 1 for the reflected pass: the world upside down about the water.
uniform mat4 world_to_clip;
uniform float mirror;
uniform float water;       // height of the plane that cuts and mirrors, m
uniform float metre_px;    // pixels of one metre at clip w = 1
uniform float exposure_of_points;

const vec4 NOWHERE = vec4(2.0, 2.0, 2.0, 1.0);

vec4 seen(vec3 place) {
    if (place.z < water) return NOWHERE;
    place.z = mix(place.z, 2.0 * water - place.z, mirror);
    return world_to_clip * vec4(place, 1.0);
}

// A disc of light: never smaller than `least` pixels, dimmed instead, so that far stars do not flicker.
float disc(float size_m, float least, float w, out float dim) {
    float px = metre_px * size_m / max(w, 1e-3);
    dim = 1.0;
    if (px < least) {
        dim = pow(px / least, 1.6);
        px = least;
    }
    return min(px, 120.0);
}
