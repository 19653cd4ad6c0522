// Shows the presented picture: a triangle that covers the screen, each pixel of which takes its colour from the buffer.

override width: u32;

@group(0) @binding(0) var<storage, read> pixels: array<u32>;

@vertex
fn cover(@builtin(vertex_index) corner: u32) -> @builtin(position) vec4f {
    return vec4f(f32(corner & 1u) * 4.0 - 1.0, f32(corner >> 1u) * 4.0 - 1.0, 0.0, 1.0);
}

@fragment
fn color(@builtin(position) position: vec4f) -> @location(0) vec4f {
    let pixel = vec2u(position.xy);
    return vec4f(unpack4x8unorm(pixels[pixel.y * width + pixel.x]).rgb, 1.0);
}
