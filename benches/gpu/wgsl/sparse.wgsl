// W8: a row of a sparse matrix times a vector, an invocation a row.
override count: u32;

@group(0) @binding(0) var<storage, read> rows: array<u32>;
@group(0) @binding(1) var<storage, read> columns: array<u32>;
@group(0) @binding(2) var<storage, read> values: array<f32>;
@group(0) @binding(3) var<storage, read> x: array<f32>;
@group(0) @binding(4) var<storage, read_write> y: array<f32>;

@compute @workgroup_size(256)
fn main(@builtin(global_invocation_id) id: vec3u) {
    let i = id.x;
    if i >= count {
        return;
    }
    var sum = 0.0;
    let end = rows[i + 1];
    for (var j = rows[i]; j < end; j++) {
        sum += values[j] * x[columns[j]];
    }
    y[i] = sum;
}
