#version 330
// Walls and roofs; the light of the strongest bursts is found at their corners.
in vec3 place;
in vec3 normal;
in vec3 wall;              // metres along and up, height of the wall (0: roof)
uniform mat4 world_to_clip;
uniform float mirror;
uniform float water;
uniform sampler2D lights;
uniform float count;
uniform vec3 ambient;
uniform vec3 sunlight;
uniform vec3 sun;
out vec3 lit;
out vec3 on_wall;
void main() {
    vec3 shone = vec3(0.0);
    for (int i = 0; i < int(count); i++) {
        vec4 lamp = texelFetch(lights, ivec2(2 * i, 0), 0), glow = texelFetch(lights, ivec2(2 * i + 1, 0), 0);
        vec3 to = lamp.xyz - place;
        float r2 = dot(to, to) + 60.0;
        shone += glow.rgb * max(dot(normal, to), 0.0) * inversesqrt(r2) / r2;
    }
    shone *= 30.0;
    shone /= 1.0 + 5.0 * max(shone.r, max(shone.g, shone.b));
    lit = ambient * (0.85 + 0.25 * normal.z) + sunlight * max(dot(normal, sun), 0.0) + shone;
    on_wall = wall;
    vec3 at = place;
    at.z = mix(at.z, 2.0 * water - at.z, mirror);
    gl_Position = world_to_clip * vec4(at, 1.0);
}
