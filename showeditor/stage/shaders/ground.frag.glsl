#version 330
// Light of the strongest bursts on level ground.
in vec2 uv;
in vec3 start, ray;
uniform sampler2D lights;
uniform float count;
uniform float water;
out vec4 colour;
void main() {
    vec3 d = normalize(ray), sum = vec3(0.0);
    float way = (water - start.z) / min(d.z, -1e-4);
    vec3 hit = start + d * clamp(way, 0.0, 3000.0);
    for (int i = 0; i < int(count); i++) {
        vec4 place = texelFetch(lights, ivec2(2 * i, 0), 0), glow = texelFetch(lights, ivec2(2 * i + 1, 0), 0);
        vec3 to = place.xyz - hit;
        float r2 = dot(to, to) + 60.0;
        sum += glow.rgb * 5000.0 * max(to.z, 2.0) * inversesqrt(r2) / r2;
    }
    sum *= 0.006;
    colour = vec4(sum / (1.0 + 7.0 * max(sum.r, max(sum.g, sum.b))), 1.0);
}
