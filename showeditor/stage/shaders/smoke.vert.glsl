#version 330
// Smoke: soft puffs that stars leave on their way, drifting with the wind, each lit by the strongest bursts.
in vec3 lane;              // puff within the piece, corner -1 or 1 across and up
in vec2 piece;             // record, first puff
uniform sampler2D lights;  // 16 pairs: place and 1 | colour and radius
uniform float count;
uniform float shown;       // part of the puffs drawn in this frame
uniform vec3 right;
uniform vec3 up;
uniform vec3 eye;
uniform vec3 ambient;
uniform vec3 sunlight;
uniform vec3 sun;          // towards the sun, in the camera's right, up and back
out vec2 at;               // within the puff
out vec2 around;           // the same, turned into the picture
out vec3 lit;
out vec3 sunned;
out vec4 mote;             // opacity, place in the noise, sharpness
#include "stars.glsl"
#include "view.glsl"

void main() {
    gl_Position = NOWHERE;
    at = around = lane.yz;
    lit = sunned = vec3(0.0);
    mote = vec4(0.0);
    int row = int(piece.x), number = int(piece.y) + int(lane.x);
    int look = int(record_of(row, 3).x);
    vec4 launch = look_of(look, 0), puffs = look_of(look, 8), albedo = look_of(look, 9);
    // puffs beyond the budget fade one by one: those left carry the mass of all
    float drawn = max(1.0, puffs.x * shown), share = clamp(drawn - float(number), 0.0, 1.0);
    if (share <= 0.0) return;
    uint key = mix32(uint(record_of(row, 3).y) ^ (uint(number) * 0x9E3779B9u));
    Star s = star_of(row, int(chance(key, 1u) * launch.y));
    float u = fract(float(number) * 0.618034 + chance(uint(record_of(row, 3).y), 2u) * 0.2);
    float born = number % 6 == 0 && look_of(look, 6).w > 0.0 ? 0.05 : s.life * mix(0.03, 0.92, u);
    float old = s.age - born;
    float lasts = look_of(look, 7).z;
    if (old < 0.0 || old > lasts) return;
    vec3 place, pace;
    state_at(s, born, place, pace);
    vec3 stray = vec3(chance(key, 3u), chance(key, 4u), chance(key, 5u)) * 2.0 - 1.0;
    float spread = sqrt(old + 0.04);
    float wide = (puffs.z + puffs.w * spread) * (0.75 + 0.6 * chance(key, 10u));
    // hot gas carries on a little with its star, then rises and is stirred
    place += s.air * old + pace * (0.35 * (1.0 - exp(-2.0 * old))) + stray * (0.55 * wide) + vec3(0.0, 0.0, 0.30 * old);
    place.z = max(place.z, water + 0.35 * wide);
    float thick = puffs.y / (drawn * wide * wide) * share;
    thick *= (1.0 - exp(-3.0 * old)) * (1.0 - old / lasts) * (1.0 - old / lasts);
    mote = vec4(1.0 - exp(-thick), vec2(chance(key, 6u), chance(key, 7u)) + old * 0.004, albedo.w);
    if (mote.x < 0.002) { gl_Position = NOWHERE; return; }
    float turn = 6.2831853 * chance(key, 8u), stretch = 0.78 + 0.5 * chance(key, 9u);
    around = mat2(cos(turn), sin(turn), -sin(turn), cos(turn)) * (lane.yz * vec2(stretch, 1.0 / stretch));
    vec3 corner = place + (right * around.x + up * around.y) * wide;
    vec3 shone = vec3(0.0);
    for (int i = 0; i < int(count); i++) {
        vec4 lamp = texelFetch(lights, ivec2(2 * i, 0), 0), glow = texelFetch(lights, ivec2(2 * i + 1, 0), 0);
        vec3 to = lamp.xyz - corner;
        float r2 = dot(to, to) + glow.w * glow.w * 0.5 + 0.4 * wide * wide + 30.0;
        // smoke throws most light on, away from the lamp: it shines when the lamp stands behind it
        float ahead = dot(normalize(corner - eye), to) * inversesqrt(r2);
        float lobe = 0.55 + 0.45 * ahead + 0.55 * max(ahead, 0.0) * max(ahead, 0.0);
        shone += glow.rgb * (lobe / r2);
    }
    shone *= 90.0;
    shone /= 1.0 + 1.6 * max(shone.r, max(shone.g, shone.b));
    lit = albedo.rgb * (ambient + shone);
    // the cloud as a whole has a sunny and a shady side; its puffs are only its texture
    vec3 heart = s.origin + s.air * s.age + vec3(0.0, 0.0, 0.30 * old);
    vec3 side = (place - heart) / (length(place - heart) + 2.0 * wide);
    float turned = dot(side, right) * sun.x + dot(side, up) * sun.y + dot(side, cross(right, up)) * sun.z;
    sunned = albedo.rgb * sunlight * (0.62 + 0.48 * turned);
    corner.z = mix(corner.z, 2.0 * water - corner.z, mirror);
    gl_Position = world_to_clip * vec4(corner, 1.0);
}
