#version 330
// Above the horizon (ABOVE): sky and hills; below it: land and water. The noise is a texture, so that a frame is the same on every machine.
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

uniform vec3 zenith;
uniform vec3 horizon;
uniform vec3 town;
uniform vec3 hill_own;
uniform vec3 tree_own;
uniform vec3 land_own;
uniform vec3 sea_own;
uniform vec2 glow_way;        // level, where the horizon glows most
uniform vec4 glow_shape;      // fall with height, part without direction, clouds, lumps of town light
uniform vec4 moon;            // its way, its brightness
uniform vec3 cloud_lit;

#ifdef PLAN
uniform sampler2D chart;      // the plan image
uniform vec4 chart_box;       // middle x y, 1 / width, 1 / depth
uniform vec2 chart_turn;      // the way of its right edge
#endif
#ifdef PANORAMA
uniform sampler2D panorama;   // equirectangular, zenith above
uniform vec2 panorama_way;    // heading of its middle in turns, brightness
#endif

const float MOON_RADIUS = 0.0056;
const vec3 MOON_SUN = vec3(0.62, 0.22, 0.75);

#ifdef MOON
vec3 moonshine(vec3 d) {
    float along = dot(d, moon.xyz);
    if (along < 0.94) return vec3(0.0);
    float off = sqrt(max(0.0, 2.0 - 2.0 * along));
    vec3 right = normalize(vec3(moon.y, -moon.x, 0.0)), up = cross(right, moon.xyz);
    vec2 p = vec2(dot(d, right), dot(d, up)) / MOON_RADIUS;
    vec3 n = vec3(p, sqrt(max(0.0, 1.0 - dot(p, p))));
    float disc = (1.0 - smoothstep(0.90, 1.08, length(p))) * smoothstep(-0.05, 0.35, dot(n, MOON_SUN));
    return vec3(1.0, 0.95, 0.84) * (1.1 * disc + 0.022 * exp(-90.0 * off) + 0.006 * exp(-16.0 * off)) * moon.w;
}
#endif

vec3 sky(vec3 d) {
    float e = max(d.z, 0.0), turn = 0.5 + 0.5 * dot(normalize(d.xy + 1e-6), glow_way);
    vec3 c = mix(horizon, zenith, 1.0 - exp(-5.0 * e));
    c += town * exp(-glow_shape.x * e) * mix(turn * turn, 1.0, glow_shape.y);
#ifdef CLOUDS
    {
        vec2 at = d.xy / (e + 0.10) * 0.055;
        float n = texture(noise, at).r * 0.6 + texture(noise, at * 2.7 + 0.31).r * 0.3 + texture(noise, at * 7.1).r * 0.1;
        float body = smoothstep(0.50, 0.78, n) * smoothstep(0.02, 0.16, e);
        c = mix(c, mix(cloud_lit, horizon, 0.35) * (1.15 - 0.35 * n), body * glow_shape.z);
    }
#endif
    return c;
}

#ifdef PANORAMA
vec3 land_or_sky(vec3 d, vec3 lit, out float open) {
    float turn = atan(d.x, d.y) * 0.15915494 - panorama_way.x;
    // the last level only: the seam at the back would else blur into a line
    vec3 c = textureLod(panorama, vec2(0.5 + turn, 0.5 - asin(clamp(d.z, -1.0, 1.0)) * 0.31830989), 0.0).rgb;
    open = 0.5;
    return pow(c, vec3(2.2)) * panorama_way.y + lit * 0.02;
}
#else
vec3 land_or_sky(vec3 d, vec3 lit, out float open) {
    vec3 c = sky(d);
    open = 1.0;
    if (heading.z > 0.5 && d.z < 0.14) {
        float bearing = atan(d.x, d.y);
        vec4 around = texture(ridge, vec2(bearing * 0.15915494, 0.5));
        vec2 r = around.rg * vec2(0.080, 0.026);
        float soft = 0.0012, e = max(d.z, 0.0);
        c += town * glow_shape.w * around.b * exp(-26.0 * e) * (1.0 - smoothstep(0.09, 0.14, e));
        float hill = 1.0 - smoothstep(r.x - soft, r.x + soft, d.z);
        float tree = 1.0 - smoothstep(r.y - soft, r.y + soft, d.z);
#ifdef DETAIL
        float wood = 0.55 + 0.9 * texture(noise, vec2(bearing * 9.0, d.z * 26.0)).r;
#else
        float wood = 1.0;
#endif
        vec3 mist = 0.15 * town * exp(-40.0 * e);
        c = mix(c, hill_own * mix(1.0, wood, 0.25) + mist + lit * 0.030, hill);
        c = mix(c, tree_own * wood + lit * 0.035, tree);
        open = 1.0 - hill;
    }
    return c;
}
#endif

void main() {
    vec3 d = normalize(ray);
    vec3 glow = texture(air, uv).rgb;
#ifdef ABOVE
    float open;
    vec3 c = land_or_sky(d, glow, open);
#ifdef MOON
    c += moonshine(d) * open;
#endif
    colour = vec4(c + glow * mix(0.35, 1.0, open), 1.0);
#else
    d.z = min(d.z, -1e-4);
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
        land = (land_own + lit * vec3(0.95, 0.90, 0.70)) * grass;
        land = mix(land, tree_own + glow * 0.2, far);
    }
#ifdef PLAN
    vec2 chart_way = hit.xy - chart_box.xy;
    vec2 p = vec2(dot(chart_way, chart_turn), dot(chart_way, vec2(-chart_turn.y, chart_turn.x))) * chart_box.zw;
    if (max(abs(p.x), abs(p.y)) < 0.5) {
        vec4 drawn = textureLod(chart, vec2(0.5 + p.x, 0.5 - p.y), 0.0);
        land = mix(land, (land_own * 6.0 + lit) * pow(drawn.rgb, vec3(2.2)), drawn.a);
        // drawings are read from above: there the plan covers the water too
        if (heading.z < 0.5) { land = mix(land, pow(drawn.rgb, vec3(2.2)) * 0.5, drawn.a); wet *= 1.0 - drawn.a; }
    }
#endif
    if (wet > 0.0) {
        // the scale of the waves follows the distance, so that they stay as fine on the picture
        float lod = log2(max(1.0, way / 55.0)), step_of = exp2(-floor(lod)), between = fract(lod);
        // crests lie across the view: seen at a grazing angle they are thin and wide
        vec2 w = flat_at * vec2(0.0125, 0.0210);
        vec4 a = mix(texture(noise, w * step_of + drift), texture(noise, w * step_of * 0.5 + drift), between);
        vec4 b = mix(texture(noise, w * 2.7 * step_of - drift.yx), texture(noise, w * 1.35 * step_of - drift.yx), between);
        vec2 slope = (a.gb - 0.5) * 0.7 + (b.gb - 0.5) * 0.8;
        float grazing = clamp(-d.z, 0.0, 1.0);
        float rough = mix(0.085, 0.055, smoothstep(0.05, 0.4, grazing));
        vec2 off = vec2(slope.x * (0.25 + grazing), slope.y) * rough * focal;
        vec4 sum = vec4(0.0);
        float weight = 0.0;
        for (float i = -taps; i <= taps; i += 1.0) {
            float k = exp(-2.2 * i * i / (taps * taps + 0.5));
            vec2 p = uv + off + vec2(0.0, i / taps * rough * 0.42 * focal * (0.35 + 0.9 * a.r));
            // the mirror picture ends at the edge of the frame: let it fade instead of smearing
            float inside = smoothstep(-0.10, 0.02, p.y) * smoothstep(1.02, 0.98, p.y);
            sum += texture(mirrored, p) * (k * inside);
            weight += k;
        }
        sum /= weight;
        float facing = clamp(grazing + slope.y * 0.08, 0.02, 1.0);
        float fresnel = 0.028 + 0.972 * pow(1.0 - facing, 5.0);
        vec3 back = normalize(vec3(d.xy, -d.z + abs(slope.y) * 0.10 / (1.0 + way * 0.003) + 0.004));
        float open;
        vec3 mirror_sky = land_or_sky(back, glow, open);
        sea = sea_own + lit * vec3(0.006, 0.009, 0.011);
        float glint = a.r * b.r;
        glint = 0.25 + 9.0 * glint * glint * glint + 1.1 * smoothstep(0.42, 0.75, a.r * 0.5 + b.a * 0.5);
        sea += texture(sheen, uv + off * 0.5).rgb * (glint * (fresnel + 0.02) * 0.42);
        sea += fresnel * (mirror_sky * (1.0 - sum.a) * (0.75 + 0.5 * a.r) + glow * 0.55 * open) + sum.rgb * min(1.0, fresnel * 1.35 + 0.06) * (0.55 + 0.9 * a.r);
    }
    colour = vec4(mix(land, sea, wet), 1.0);
#endif
}
