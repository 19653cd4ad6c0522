// W2: a step of heat. Neighbouring lanes take neighbouring columns, which are contiguous.
override rows: u32;
override columns: u32;

@group(0) @binding(0) var<storage, read> heat: array<f32>;
@group(0) @binding(1) var<storage, read_write> next: array<f32>;

@compute @workgroup_size(64, 4)
fn main(@builtin(global_invocation_id) id: vec3u) {
    let x = id.y;
    let y = id.x;
    if x >= rows || y >= columns {
        return;
    }
    let i = x * columns + y;
    let h = heat[i];
    var total = 0.0;
    if x > 0u {
        total += heat[i - columns] - h;
    }
    if x < rows - 1u {
        total += heat[i + columns] - h;
    }
    if y > 0u {
        total += heat[i - 1u] - h;
    }
    if y < columns - 1u {
        total += heat[i + 1u] - h;
    }
    next[i] = h + 0.25 * total;
}
