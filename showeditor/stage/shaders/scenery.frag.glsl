#version 330
// Night sky, hills, land and water. The noise is a texture, so that a frame is the same on every machine.
in vec2 uv;
in vec3 start, ray;
uniform sampler2D noise;      // height, two slopes, fine grain
uniform sampler2D ridge;      // far hills, near trees by azimuth
uniform sampler2D site;       // water over the site
uniform sampler2D air;
uniform sampler2D ground;
uniform sampler2D sheen;
uniform sampler2D mirrored;
uniform vec4 site_box;        // low x y, 1 / span x y
uniform vec3 heading;         // x y: right hand of the audience, z: 1 with perspective
uniform vec2 ahead;           // the way the audience faces
uniform vec2 drift;           // of the waves, tiles
uniform float water;
uniform float has_water;
uniform float focal;
uniform float taps;
out vec4 colour;

const vec3 ZENITH = vec3(0.0011, 0.0016, 0.0052), HORIZON = vec3(0.0062, 0.0088, 0.0185);
const vec3 TOWN = vec3(0.020, 0.0125, 0.0075);

vec3 sky(float up, float turn) {
    float e = max(up, 0.0);
    vec3 c = mix(HORIZON, ZENITH, 1.0 - exp(-5.0 * e));
    c += TOWN * exp(-15.0 * e) * (0.45 + 0.55 * turn);
    return c;
}

vec3 land_or_sky(vec3 d, vec3 lit, out float open) {
    float turn = 0.5 + 0.5 * dot(normalize(d.xy + 1e-6), ahead);
    vec3 c = sky(d.z, turn);
    open = 1.0;
    if (heading.z > 0.5 && d.z < 0.12) {
        vec2 r = texture(ridge, vec2(atan(d.x, d.y) * 0.15915494, 0.5)).rg * vec2(0.080, 0.026);
        float soft = 0.0012;
        float hill = 1.0 - smoothstep(r.x - soft, r.x + soft, d.z);
        float tree = 1.0 - smoothstep(r.y - soft, r.y + soft, d.z);
        c = mix(c, vec3(0.0026, 0.0036, 0.0066) + 0.15 * TOWN * exp(-40.0 * max(d.z, 0.0)) + lit * 0.030, hill);
        c = mix(c, vec3(0.0011, 0.0014, 0.0022) + lit * 0.035, tree);
        open = 1.0 - hill;
    }
    return c;
}

void main() {
    vec3 d = normalize(ray);
    vec3 glow = texture(air, uv).rgb;
    if (d.z >= -1e-4) {
        float open;
        vec3 c = land_or_sky(d, glow, open);
        colour = vec4(c + glow * mix(0.35, 1.0, open), 1.0);
        return;
    }
    float way = (water - start.z) / d.z;
    if (way < 0.0) { colour = vec4(0.0, 0.0, 0.0, 1.0); return; }
    vec3 hit = start + d * way;
    vec3 lit = texture(ground, uv).rgb;
    vec2 at = (hit.xy - site_box.xy) * site_box.zw;
    float wet = has_water > 0.5 ? smoothstep(0.35, 0.65, texture(site, at).r) : 0.0;
    float far = smoothstep(500.0, 5000.0, way);
    vec2 flat_at = vec2(dot(hit.xy, heading.xy), dot(hit.xy, ahead));
    vec3 land = vec3(0.0), sea = vec3(0.0);
    if (wet < 1.0) {
        vec4 g = texture(noise, hit.xy * 0.011), f = texture(noise, hit.xy * 0.07);
        float grass = 0.35 + 0.5 * g.r + 0.45 * (f.a - 0.5);
        land = (vec3(0.0027, 0.0031, 0.0036) + lit * vec3(0.95, 0.90, 0.70)) * grass;
        land = mix(land, vec3(0.0012, 0.0015, 0.0024) + glow * 0.2, far);
    }
    if (wet > 0.0) {
        // the scale of the waves follows the distance, so that they stay as fine on the picture
        float lod = log2(max(1.0, way / 55.0)), step_of = exp2(-floor(lod)), between = fract(lod);
        vec2 w = flat_at * vec2(0.030, 0.0125);
        vec4 a = mix(texture(noise, w * step_of + drift), texture(noise, w * step_of * 0.5 + drift), between);
        vec4 b = mix(texture(noise, w * 2.7 * step_of - drift.yx), texture(noise, w * 1.35 * step_of - drift.yx), between);
        vec2 slope = (a.gb - 0.5) * 0.7 + (b.gb - 0.5) * 0.8;
        float grazing = clamp(-d.z, 0.0, 1.0);
        float rough = mix(0.085, 0.055, smoothstep(0.05, 0.4, grazing));
        vec2 off = vec2(slope.x * (0.25 + grazing), slope.y) * rough * focal;
        vec3 sum = vec3(0.0);
        float weight = 0.0;
        for (float i = -taps; i <= taps; i += 1.0) {
            float k = exp(-2.2 * i * i / (taps * taps + 0.5));
            vec2 p = uv + off + vec2(0.0, i / taps * rough * 0.42 * focal * (0.35 + 0.9 * a.r));
            // the mirror picture ends at the edge of the frame: let it fade instead of smearing
            float inside = smoothstep(-0.10, 0.02, p.y) * smoothstep(1.02, 0.98, p.y);
            sum += texture(mirrored, p).rgb * (k * inside);
            weight += k;
        }
        sum /= weight;
        float facing = clamp(grazing + slope.y * 0.08, 0.02, 1.0);
        float fresnel = 0.028 + 0.972 * pow(1.0 - facing, 5.0);
        vec3 back = normalize(vec3(d.xy, -d.z + abs(slope.y) * 0.10 + 0.004));
        float open;
        vec3 mirror_sky = land_or_sky(back, glow, open);
        sea = vec3(0.0007, 0.0015, 0.0030) + lit * vec3(0.006, 0.009, 0.011);
        float glint = a.r * b.r;
        glint = 0.25 + 9.0 * glint * glint * glint + 1.1 * smoothstep(0.42, 0.75, a.r * 0.5 + b.a * 0.5);
        sea += texture(sheen, uv + off * 0.5).rgb * (glint * (fresnel + 0.02) * 0.42);
        sea += fresnel * (mirror_sky * (0.75 + 0.5 * a.r) + glow * 0.55 * open) + sum * min(1.0, fresnel * 1.35 + 0.06) * (0.55 + 0.9 * a.r);
    }
    colour = vec4(mix(land, sea, wet), 1.0);
}
