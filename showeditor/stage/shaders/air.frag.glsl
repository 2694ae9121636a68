#version 330
// Light of the strongest bursts in the hazy air; soft, so a small target is enough.
in vec2 uv;
in vec3 start, ray;
uniform sampler2D lights;  // 16 columns: place and count | colour and radius
uniform float count;
out vec4 colour;
void main() {
    vec3 d = normalize(ray), sum = vec3(0.0);
    for (int i = 0; i < int(count); i++) {
        vec4 place = texelFetch(lights, ivec2(2 * i, 0), 0), glow = texelFetch(lights, ivec2(2 * i + 1, 0), 0);
        vec3 to = place.xyz - start;
        float far = length(to);
        float aside = 1.0 - dot(d, to) / far, wide = glow.w / far;
        sum += glow.rgb * (5000.0 / (far * far)) * (0.040 / (aside + 0.30 * wide * wide + 0.0006) + 0.004 / (aside + 0.06));
    }
    sum *= 0.0009;
    // haze saturates: a bright finale must not turn the night to grey
    colour = vec4(sum / (1.0 + 60.0 * max(sum.r, max(sum.g, sum.b))), 1.0);
}
