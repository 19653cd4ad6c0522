// W14: numbers added to cells all over memory. WGSL adds no floats in one step, so it tries again where another invocation came between.
@group(0) @binding(0) var<storage, read> cells: array<u32>;
@group(0) @binding(1) var<storage, read> values: array<f32>;
@group(0) @binding(2) var<storage, read_write> sums: array<atomic<u32>>;

@compute @workgroup_size(256)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
    let i = id.y * groups.x * 256 + id.x;
    if i >= arrayLength(&cells) {
        return;
    }
    let cell = cells[i];
    var old = atomicLoad(&sums[cell]);
    loop {
        let result = atomicCompareExchangeWeak(&sums[cell], old, bitcast<u32>(bitcast<f32>(old) + values[i]));
        if result.exchanged {
            break;
        }
        old = result.old_value;
    }
}
