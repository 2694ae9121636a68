#version 330
// Terrain; the light of the strongest bursts is found at its corners.
in vec3 place;
in vec3 normal;
uniform mat4 world_to_clip;
uniform float mirror;
uniform float water;
uniform sampler2D lights;
uniform float count;
uniform vec3 ambient;
uniform vec3 sunlight;
uniform vec3 sun;
out vec3 lit;
out vec3 shone_on;
out vec3 at;
void main() {
    vec3 shone = vec3(0.0);
    for (int i = 0; i < int(count); i++) {
        vec4 lamp = texelFetch(lights, ivec2(2 * i, 0), 0), glow = texelFetch(lights, ivec2(2 * i + 1, 0), 0);
        vec3 to = lamp.xyz - place;
        float r2 = dot(to, to) + 60.0;
        shone += glow.rgb * max(dot(normal, to), 0.0) * inversesqrt(r2) / r2;
    }
    shone *= 30.0;
    shone_on = shone / (1.0 + 5.0 * max(shone.r, max(shone.g, shone.b)));
    lit = ambient * (0.75 + 0.25 * normal.z) + sunlight * max(dot(normal, sun), 0.0);
    at = place;
    vec3 shown = place;
    shown.z = mix(shown.z, 2.0 * water - shown.z, mirror);
    gl_Position = world_to_clip * vec4(shown, 1.0);
}
