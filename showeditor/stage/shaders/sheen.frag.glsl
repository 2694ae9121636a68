#version 330
// Glitter of the strongest bursts on rough water: how many wavelets lie in the slope that mirrors a light to the eye
// (Gaussian slopes after Cox and Munk 1954).
in vec2 uv;
in vec3 start, ray;
uniform sampler2D lights;
uniform float count;
uniform float water;
out vec4 colour;
const float SLOPE2 = 0.0130;
void main() {
    vec3 d = normalize(ray), sum = vec3(0.0);
    float way = (water - start.z) / min(d.z, -1e-3);
    vec3 hit = start + d * clamp(way, 0.0, 3000.0);
    for (int i = 0; i < int(count); i++) {
        vec4 place = texelFetch(lights, ivec2(2 * i, 0), 0), glow = texelFetch(lights, ivec2(2 * i + 1, 0), 0);
        vec3 to = place.xyz - hit;
        float r2 = dot(to, to);
        vec3 h = to * inversesqrt(r2) - d;
        vec2 slope = h.xy / max(h.z, 0.02);
        float wide = glow.w * glow.w / r2;
        sum += glow.rgb * (3000.0 / r2) * exp(-0.5 * dot(slope, slope) / (SLOPE2 + 0.03 * wide));
    }
    colour = vec4(sum, 1.0);
}
