//! Which indices are marked, in the printed IR: `known` in all runs, `inside` in those over at most so many threads.

use artifact::{BufferDescription, ElementType, Interface};

use crate::ir::print;
use crate::ir::testing::small_interface;
use crate::pipeline::{middle_end, wgsl_ir};

/// The indices of `data` (64 numbers) and `grid` (8 by 9) in the IR of a kernel with this body, and what they are inside of.
fn indices(body: &str) -> (Vec<String>, Option<[u32; 3]>) {
    let mut interface: Interface = small_interface();
    let size = vec![8, 9];
    interface.buffers.push(BufferDescription { name: "grid".into(), element: ElementType::Number, size });
    let source = format!(
        "inputs => {{ const x = inputs.threadId.x, y = inputs.threadId.y, id = inputs.threadId; let s = 0; {body} \
         if (s > 5) inputs.buffers.data[0] = s; }}"
    );
    let source =
        source.replace("data[", "inputs.buffers.data[").replace("buffers.inputs.buffers.", "buffers.");
    let source = source.replace("grid[", "inputs.buffers.grid[");
    let kernel = middle_end(&source, &interface).expect("a correct kernel").common;
    let (kernel, inside) = wgsl_ir(kernel, &interface).expect("correct IR");
    let text = print(&kernel, Some(&interface));
    let found = text.lines().flat_map(|line| {
        let accesses = ["data[", "grid["].into_iter().flat_map(move |name| line.match_indices(name));
        accesses.map(|(at, name)| {
            let rest = &line[at + name.len() - 1..];
            spelled(rest)
        })
    });
    (found.filter(|index| index != "[0]").collect(), inside)
}

/// The brackets at the start of a text.
fn spelled(text: &str) -> String {
    let mut depth = 0;
    let end = text.char_indices().find(|&(at, character)| {
        depth += i32::from(character == '[') - i32::from(character == ']');
        depth == 0 && !text[at + 1..].starts_with('[')
    });
    let plain: String = text[..=end.map_or(0, |(at, _)| at)].to_owned();
    // Locals carry their numbers.
    plain.split('#').map(|part| part.trim_start_matches(|c: char| c.is_ascii_digit())).collect()
}

fn check(body: &str, expected: &[&str], inside: Option<[u32; 3]>) {
    assert_eq!(indices(body), (expected.iter().map(|&text| text.to_owned()).collect(), inside), "{body}");
}

const ANY: u32 = artifact::MAX_EXTENT;

#[test]
fn thread_ids_are_inside_where_the_run_is() {
    check("s = data[x];", &["[inside x]"], Some([64, ANY, ANY]));
    check("s = data[inputs.threadId.z];", &["[inside threadId.z]"], Some([ANY, ANY, 64]));
    check("s = grid[x][y] + data[x];", &["[inside x]", "[inside x][inside y]"], Some([8, 9, ANY]));
    check("s = grid[id.y][id.x];", &["[inside id.y][inside id.x]"], Some([9, 8, ANY]));
}

#[test]
fn what_was_tested_is_known() {
    check("if (x > 0) s = data[x - 1];", &["[inside (x - 1)]"], Some([64, ANY, ANY]));
    check("if (x < 63) s = data[x + 1];", &["[known (x + 1)]"], None);
    check("if (x >= 64) return; s = data[x];", &["[known x]"], None);
    check("if (x < 3) { s = 1; } else if (x <= 10) s = data[x - 3];", &["[known (x - 3)]"], None);
    check("if (!(x < 1 || x > 63)) s = data[x - 1];", &["[known (x - 1)]"], None);
    check("if (x === 5) s = data[x + 58];", &["[known (x + 58)]"], None);
    check("if (x < 64 && y < 3) s = grid[y][x];", &["[known y][inside x]"], Some([9, 8, ANY]));
}

#[test]
fn counters_are_known() {
    check("for (let i = 0; i < 64; i++) s += data[i];", &["[known i]"], None);
    check("for (let i = 63; i >= 0; i--) s += data[i];", &["[known i]"], None);
    check("for (let i = 0; i < dim(inputs.buffers.data); i += 3) s += data[i];", &["[known i]"], None);
    check("for (let i = 0; i < 63; i++) s += data[i + 1];", &["[known (i + 1)]"], None);
    check("let i = 0; while (i < 64) { s += data[i]; i++; s += data[i]; }", &["[i]", "[i]"], None);
}

#[test]
fn what_may_be_out_of_range_is_not() {
    check("if (x > 0) s = data[x];", &["[inside x]"], Some([64, ANY, ANY]));
    check("let i = x; if (i >= 64) { return; } else { i = i + 10; } s = data[i];", &["[i]"], None);
    check("let i = x; if (i < 54) { i += 10; } else { return; } s = data[i];", &["[i]"], None);
    check("let i = 0; for (let t = 0; t < 1; t += 0.1) i++; s = data[i * 30];", &["[(i checked* 30)]"], None);
    check("let i = 0; for (let k = 0; i++, k < 63; k++) {} s = data[i];", &["[i]"], None);
    check("let t = 62.9999999999; if (y > 2) t = 0.5; s = data[t + 1];", &["[i32((t + 1.0))]"], None);
    check("s = data[x - 1];", &["[(x - 1)]"], None);
    check("s = data[x + 1];", &["[(x + 1)]"], None);
    check("for (let i = 0; i <= 64; i++) s += data[i];", &["[i]"], None);
    check("for (let i = 0; i < 64; i++) { s += data[i]; i += 1; }", &["[i]"], None);
    check("let i = x; if (i > 63) i = 0; s = data[i];", &["[i]"], None);
    check("let i = x; if (i < 64) { i = i + 1; s = data[i]; }", &["[i]"], None);
    check("for (let i = 0; i !== 64; i += 3) s += data[i];", &["[i]"], None);
    check("s = data[Math.imul(x, 3)];", &["[imul(x, 3)]"], None);
    check("if (x * 65536 < 64) s = data[x * 65536 + 5];", &["[((x * 65536) + 5)]"], None);
}
