#version 330
in vec3 place;
in vec4 paint;
uniform mat4 world_to_clip;
out vec4 ink;
void main() {
    gl_Position = world_to_clip * vec4(place, 1.0);
    ink = vec4(paint.rgb * paint.a, paint.a);
}
