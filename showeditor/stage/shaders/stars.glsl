// Where stars and sparks are; the float64 twin is stage/stars.py.
#include "hash.glsl"
#include "flight.glsl"

uniform sampler2D records;   // 4 texels a burst, 64 bursts a row
uniform sampler2D looks;     // 16 texels a look, a look a row
uniform sampler2D templates; // 256 directions a row
uniform sampler2D rides;     // 6 texels a ride, 64 rides a row
uniform vec3 wind;           // as measured 10 m up
uniform float wind_exponent;

const float SPARK_DRAG = 3.5, SPARK_WEIGHT = 0.75, SPARK_SHARE = 0.2, SPARK_SCATTER = 1.6;

struct Star {
    uint key;
    vec3 origin;
    vec3 velocity;
    float terminal;
    float life;
    float age;
    int ride;
    int look;
    vec3 air;
};

vec4 record_of(int row, int part) { return texelFetch(records, ivec2((row & 63) * 4 + part, row >> 6), 0); }
vec4 look_of(int look, int part) { return texelFetch(looks, ivec2(part, look), 0); }

Star star_of(int row, int number) {
    vec4 head = record_of(row, 0), going = record_of(row, 1), turn = record_of(row, 2), tail = record_of(row, 3);
    Star s;
    s.look = int(tail.x);
    vec4 launch = look_of(s.look, 0), vary = look_of(s.look, 1);
    s.key = mix32(mix32(uint(tail.y) + 0x68BC21EBu) ^ mix32(uint(number) * 0x9E3779B9u));
    int leaf_at = int(launch.x) + number;
    vec4 leaf = texelFetch(templates, ivec2(leaf_at & 255, leaf_at >> 8), 0);
    vec3 stray = vec3(chance(s.key, 1u), chance(s.key, 2u), chance(s.key, 3u)) * 2.0 - 1.0;
    vec3 direction = normalize(leaf.xyz + stray * vary.w);
    float bell = (chance(s.key, 4u) + chance(s.key, 5u) + chance(s.key, 6u) + chance(s.key, 7u) - 2.0) * 1.7320508;
    float speed = launch.z * going.w * leaf.w * (1.0 + vary.y * bell);
    vec3 turned = direction + 2.0 * cross(turn.xyz, cross(turn.xyz, direction) + turn.w * direction);
    s.origin = head.xyz;
    s.air = wind * pow(max(head.z, 1.0) / 10.0, wind_exponent);
    s.velocity = going.xyz + turned * speed;
    s.terminal = launch.w;
    s.life = min(vary.x * (1.0 + vary.z * (2.0 * chance(s.key, 8u) - 1.0)), tail.w);
    s.age = head.w;
    s.ride = int(tail.z);
    return s;
}

void ride_at(int ride, float age, out vec3 place, out vec3 pace) {
    float c[24];
    for (int i = 0; i < 6; i++) {
        vec4 part = texelFetch(rides, ivec2((ride & 63) * 6 + i, ride >> 6), 0);
        c[4 * i] = part.x; c[4 * i + 1] = part.y; c[4 * i + 2] = part.z; c[4 * i + 3] = part.w;
    }
    float x = clamp(c[22] + c[21] * age, -1.0, 1.0);
    float t_low = 1.0, t_high = x, d_low = 0.0, d_high = 1.0;
    place = vec3(c[0], c[7], c[14]);
    pace = vec3(0.0);
    for (int n = 1; n < 7; n++) {
        vec3 part = vec3(c[n], c[7 + n], c[14 + n]);
        place += part * t_high;
        pace += part * d_high;
        float t_next = 2.0 * x * t_high - t_low;
        float d_next = 2.0 * t_high + 2.0 * x * d_high - d_low;
        t_low = t_high; t_high = t_next; d_low = d_high; d_high = d_next;
    }
    pace *= c[21];
}

// place in the venue and velocity relative to the air, `age` seconds after birth
void state_at(Star s, float age, out vec3 place, out vec3 pace) {
    if (s.ride >= 0) {
        ride_at(s.ride, age, place, pace);
        pace -= s.air;
    } else {
        fly(s.velocity, s.terminal, age, place, pace);
        place += s.origin + s.air * age;
    }
}

vec3 coast(vec3 velocity, float age) {
    float z = SPARK_DRAG * age;
    float one, two;
    if (z < 0.5) {
        one = 1.0 - z / 2.0 * (1.0 - z / 3.0 * (1.0 - z / 4.0 * (1.0 - z / 5.0 * (1.0 - z / 6.0))));
        two = 0.5 - z / 6.0 * (1.0 - z / 4.0 * (1.0 - z / 5.0 * (1.0 - z / 6.0 * (1.0 - z / 7.0))));
    } else {
        one = (1.0 - exp(-z)) / z;
        two = (1.0 - one) / z;
    }
    vec3 path = velocity * (age * one);
    path.z -= GRAVITY * SPARK_WEIGHT * age * age * two;
    return path;
}

// place of a spark shed `old` seconds before the star's present age, and its velocity relative to its star's path
vec3 shed_at(Star s, float old, vec3 scatter, out vec3 along) {
    vec3 place, pace;
    state_at(s, s.age - old, place, pace);
    vec3 own = pace * SPARK_SHARE + scatter * SPARK_SCATTER;
    along = pace - own * exp(-SPARK_DRAG * old);
    return place + s.air * old + coast(own, old);
}
