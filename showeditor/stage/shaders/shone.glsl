// Light of the strongest bursts on a surface: sixteen at most, two texels each.
uniform sampler2D lights;
uniform float count;

vec3 shone_on_surface(vec3 place, vec3 normal) {
    vec3 shone = vec3(0.0);
    for (int i = 0; i < int(count); i++) {
        vec4 lamp = texelFetch(lights, ivec2(2 * i, 0), 0), glow = texelFetch(lights, ivec2(2 * i + 1, 0), 0);
        vec3 to = lamp.xyz - place;
        float r2 = dot(to, to) + 60.0;
        shone += glow.rgb * max(dot(normal, to), 0.0) * inversesqrt(r2) / r2;
    }
    shone *= 30.0;
    return shone / (1.0 + 5.0 * max(shone.r, max(shone.g, shone.b)));
}
