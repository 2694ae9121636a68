#version 330
in vec2 at;
in vec2 around;
in vec3 lit;
in vec3 sunned;
in vec4 mote;
uniform sampler2D noise;
uniform vec3 sun;          // towards the sun, in the camera's right, up and back
out vec4 colour;
void main() {
    float wide = texture(noise, at * 0.085 + mote.yz).r, fine = texture(noise, at * 0.24 - mote.zy).r;
    float n = wide * 0.62 + fine * 0.38;
    float d2 = dot(at, at) + (0.5 - n) * 1.15;
    float body = clamp(1.0 - d2, 0.0, 1.0);
    body = mix(body * body, smoothstep(0.0, 0.9, body), mote.w);
    vec2 rim = smoothstep(1.0, 0.7, abs(at));
    float a = mote.x * min(1.0, body * 1.5) * rim.x * rim.y;
    vec3 normal = vec3(around, sqrt(max(0.0, 1.0 - dot(around, around))) + 0.25);
    normal.xy += (vec2(wide, fine) - 0.5) * 1.6;
    float facing = 0.62 + 0.38 * max(0.0, dot(normalize(normal), sun));
    // thick folds shade themselves
    colour = vec4((lit + sunned * facing) * (0.68 + 0.64 * n) * a, a);
}
