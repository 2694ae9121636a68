// How bright and of what colour a star is at its age.
vec3 colour_at(Star s, float age) {
    vec4 from = look_of(s.look, 2), to = look_of(s.look, 3), how = look_of(s.look, 4);
    float u = age / s.life + (chance(s.key, 20u) - 0.5) * 0.02;
    if (how.x < 0.0) {
        // several colours in equal parts of the life
        float parts = -how.x, at = clamp(u, 0.0, 0.9999) * parts, soft = 0.06 * parts;
        int n = int(at);
        vec3 now = look_of(s.look, 10 + n).rgb, next = look_of(s.look, min(11 + n, 9 + int(parts))).rgb;
        return mix(now, next, smoothstep(1.0 - soft, 1.0, fract(at)));
    }
    return mix(from.rgb, to.rgb, smoothstep(to.w, to.w + how.x, u));
}

float burning(Star s) {
    vec4 how = look_of(s.look, 4), more = look_of(s.look, 6);
    float b = 1.8 + 2.2 * exp(-12.0 * s.age); // heads outshine their trails
    b *= 1.0 - smoothstep(s.life - how.y, s.life, s.age);
    if (how.z > 0.0) {
        float beat = s.age * how.z * (0.8 + 0.4 * chance(s.key, 21u)) + chance(s.key, 22u);
        b *= fract(beat) < 0.22 ? 4.5 : 0.02;
    }
    uint tick = uint(int(max(0.0, s.age) * 40.0));
    b *= 0.82 + 0.36 * chance(s.key ^ (tick * 0x85EBCA6Bu), 23u);
    if (how.w > 0.0) b *= mix(1.0, chance(s.key ^ (tick * 0xC2B2AE35u), 24u) < 0.4 ? 2.2 : 0.15, min(1.0, how.w));
    if (more.z > 0.0) b *= 1.0 - 0.8 * more.z * smoothstep(0.5 * s.life, 0.6 * s.life, s.age);
    return b;
}
