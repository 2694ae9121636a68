// The flight of a star under quadratic drag in still air, read from the universal table (stage/flight.py).
const float GRAVITY = 9.80665;
const float B_MAX = 12.0, T_MAX = 6.0;
const int B_STEPS = 48, Q_STEPS = 33, T_STEPS = 64;

uniform sampler2D flights;

vec4 flight_row(int i, int j, int k) { return texelFetch(flights, ivec2(k, i * Q_STEPS + j), 0); }

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
    vec4 both = mix(mix(flight_row(i, j, k), flight_row(i, j + 1, k), fj),
                    mix(flight_row(i + 1, j, k), flight_row(i + 1, j + 1, k), fj), fi);
    vec2 g = mix(both.xy, both.zw, fk);
    vec2 slope = (both.zw - both.xy) * (float(T_STEPS - 1) / (2.0 * sqrt(max(t, 1e-4) * T_MAX)));
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
