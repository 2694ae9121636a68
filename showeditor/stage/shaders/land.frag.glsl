#version 330
in vec3 lit;
in vec3 shone_on;
in vec3 at;
uniform sampler2D noise;
uniform sampler2D chart;
uniform vec4 chart_box;       // middle x y, 1 / width, 1 / depth
uniform vec2 chart_turn;      // the way of its right edge
uniform float has_chart;
uniform float water;
uniform vec3 land_own;
out vec4 colour;
void main() {
    if (at.z < water - 0.02) discard;
    vec4 g = texture(noise, at.xy * 0.011), f = texture(noise, at.xy * 0.07);
    float grass = 0.35 + 0.5 * g.r + 0.45 * (f.a - 0.5);
    vec3 albedo = vec3(0.16, 0.17, 0.10) * grass;
    if (has_chart > 0.5) {
        vec2 way = at.xy - chart_box.xy;
        vec2 p = vec2(dot(way, chart_turn), dot(way, vec2(-chart_turn.y, chart_turn.x))) * chart_box.zw;
        if (max(abs(p.x), abs(p.y)) < 0.5) {
            vec4 seen = texture(chart, vec2(0.5 + p.x, 0.5 - p.y));
            albedo = mix(albedo, pow(seen.rgb, vec3(2.2)) * 0.6, seen.a);
        }
    }
    colour = vec4(land_own * grass * 0.6 + (lit + shone_on) * albedo * 1.6, 1.0);
}
