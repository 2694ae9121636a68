#version 330
in vec4 found;
out vec4 colour;
void main() { colour = found; }
