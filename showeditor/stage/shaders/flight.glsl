// The flight of a star under quadratic drag in still air, read from the universal table (stage/flight.py).
const float GRAVITY = 9.80665;
const float B_MAX = 12.0, T_MAX = 6.0;
const int B_STEPS = 48, Q_STEPS = 33, T_STEPS = 64;

uniform sampler2D flights;  // residuals of place
uniform sampler2D paces;    // and of velocity

vec2 residual(sampler2D table, int i, int j, int k, float fi, float fj, float fk) {
    int row = i * Q_STEPS + j;
    vec4 low = mix(texelFetch(table, ivec2(k, row), 0), texelFetch(table, ivec2(k, row + 1), 0), fj);
    vec4 high = mix(texelFetch(table, ivec2(k, row + Q_STEPS), 0), texelFetch(table, ivec2(k, row + Q_STEPS + 1), 0), fj);
    vec4 both = mix(low, high, fi);
    return mix(both.xy, both.zw, fk);
}

void fly(vec3 velocity, float terminal, float age, out vec3 path, out vec3 pace) {
    float speed = length(velocity);
    vec3 u = speed > 1e-6 ? velocity / speed : vec3(0.0, 0.0, 1.0);
    float b = speed / terminal;
    float late = age * GRAVITY / terminal;
    float t = clamp(late, 0.0, T_MAX);
    float h = length(u.xy);
    float fi = sqrt(min(b, B_MAX) / B_MAX) * float(B_STEPS - 1);
    float fj = (u.z / (abs(u.z) + h) + 1.0) * (0.5 * float(Q_STEPS - 1));
    float fk = sqrt(t / T_MAX) * float(T_STEPS - 1);
    int i = min(int(fi), B_STEPS - 2), j = min(int(fj), Q_STEPS - 2), k = min(int(fk), T_STEPS - 2);
    fi -= float(i);
    fj -= float(j);
    fk -= float(k);
    vec2 g = residual(flights, i, j, k, fi, fj, fk), slope = residual(paces, i, j, k, fi, fj, fk);
    vec2 aside = u.xy / max(h, 1e-6);
    path = u * log(1.0 + b * t);
    path.xy += aside * g.x;
    path.z += g.y - max(late - T_MAX, 0.0);
    pace = u * (b / (1.0 + b * t));
    pace.xy += aside * slope.x;
    pace.z += slope.y;
    if (late > T_MAX) pace = vec3(0.0, 0.0, -1.0);
    path *= terminal * terminal / GRAVITY;
    pace *= terminal;
}
