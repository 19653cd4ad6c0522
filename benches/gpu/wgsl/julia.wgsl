// W3: a Julia set of at most 1000 iterations a pixel.
override width: u32;
override height: u32;

@group(0) @binding(0) var<storage, read_write> image: array<u32>;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
    if id.x >= width || id.y >= height {
        return;
    }
    let c = vec2f(-0.8, 0.156);
    var z = (vec2f(id.xy) - vec2f(f32(width), f32(height)) / 2.0) * (3.0 / f32(height));
    var n = 0u;
    while n < 1000u {
        z = vec2f(z.x * z.x - z.y * z.y, 2.0 * z.x * z.y) + c;
        if length(z) > 2.0 {
            break;
        }
        n++;
    }
    image[id.y * width + id.x] = n % 256u | (n / 4u) << 8u | ((1020u - n) / 4u) << 16u | 255u << 24u;
}
