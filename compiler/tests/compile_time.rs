//! Compiling takes time and memory that grow with the lines of a kernel and no faster, from 10 lines to 5000.
//!
//! Work is counted in bytes that are allocated, which is the same each time; time is measured besides, as some work allocates nothing.
//! `cargo test -p hpc-js-compiler --test compile_time -- --nocapture` prints both.

#[path = "shapes/allocator.rs"]
mod allocator;
mod support;

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use artifact::{ElementType, Interface, UniformType};

#[global_allocator]
static ALLOCATOR: allocator::Counting = allocator::Counting;

/// Lines of the kernels that are compiled to WGSL.
const SIZES: [usize; 4] = [10, 50, 500, 5000];
/// Those of WebAssembly, of which more lines have more locals than browsers allow.
const SIZES_ON_CPU: [usize; 4] = [10, 50, 150, 1500];
/// Ten times as many lines take ten times the work. So much more is allowed, for what grows by a logarithm.
const SLACK: f64 = 1.5;
/// The same of the time, which differs from run to run as others use the machine too.
const SLACK_OF_TIME: f64 = 3.0;
/// How often a measurement of time may be repeated.
const ATTEMPTS: usize = 4;

/// Ten lines, of which a kernel has any number: the position is in them, so that no two are the same. What is compared is compared with few
/// constants, as each is one more round for the analysis of ranges, up to 64 of them.
type Part = fn(usize) -> String;

const KINDS: [(&str, Part); 3] =
    [("statements", statements), ("functions", functions), ("wide numbers", wide)];

// One test, as tests at the same time would count each other's work.
#[test]
fn work_and_time_grow_with_the_lines() {
    let mut wrong = Vec::new();
    for using_cpu in [false, true] {
        for (kind, part) in KINDS {
            let what = format!("{kind}, {}", if using_cpu { "WebAssembly" } else { "WGSL" });
            wrong.extend(fault(&what, part, &interface(using_cpu)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What compiling a kernel cost.
#[derive(Clone, Copy, Debug)]
struct Cost {
    bytes: usize,
    time: Duration,
}

fn fault(what: &str, part: Part, interface: &Interface) -> Option<String> {
    let sizes = if interface.using_cpu { SIZES_ON_CPU } else { SIZES };
    let costs = sizes.map(|lines| cost(&kernel(lines, part), interface));
    for (lines, Cost { bytes, time }) in sizes.iter().zip(costs) {
        println!("{what}: {lines} lines: {time:.1?}, {} bytes a line", bytes / lines);
    }
    let grows_too_fast = |position: usize| {
        let factor = sizes[position + 1] as f64 / sizes[position] as f64;
        costs[position + 1].bytes as f64 > SLACK * factor * costs[position].bytes as f64
    };
    if (0..sizes.len() - 1).any(grows_too_fast) {
        return Some(format!("{what}: the work grows too fast: {costs:?}"));
    }
    let ([.., few, mut many], factor) = (costs, sizes[3] as f64 / sizes[2] as f64);
    let most = few.time.mul_f64(SLACK_OF_TIME * factor);
    for _ in 1..ATTEMPTS {
        if many.time <= most {
            return None;
        }
        many = cost(&kernel(sizes[3], part), interface);
    }
    (many.time > most).then(|| format!("{what}: the time grows too fast: {costs:?}, then {many:?}"))
}

fn cost(source: &str, interface: &Interface) -> Cost {
    let (before, start) = (allocator::total(), Instant::now());
    let compiled = compiler::compile(source, interface);
    let (time, bytes) = (start.elapsed(), allocator::total() - before);
    if let Err(mistakes) = compiled {
        let origin = compiler::diagnostics::Origin::default();
        panic!("{}", compiler::diagnostics::render(&mistakes[..1], source, &origin));
    }
    Cost { bytes, time }
}

/// A kernel of so many lines.
fn kernel(lines: usize, part: Part) -> String {
    let (mut declared, mut body) = (String::new(), String::new());
    for position in 0..lines / 10 {
        let text = part(position);
        let functions = text.find("\n  a ").filter(|_| text.starts_with("  function"));
        let (function, rest) = text.split_at(functions.map_or(0, |end| end + 1));
        declared += function;
        body += rest;
    }
    let mut text = "(inputs) => {\n".to_owned();
    text += &declared;
    text += "  const { o, w, d } = inputs.buffers;\n  const { x } = inputs.threadId;\n";
    text += "  let a = o[x], k = w[x] & 63, e = d[x];\n";
    text += &body;
    writeln!(text, "  o[x] = a + e;\n  w[x] = k;\n}}").expect("a string takes it");
    text
}

fn statements(position: usize) -> String {
    let few = position % 5;
    format!(
        "  a += o[(k + {position}) % 64] * 0.5;
  if (a > {few}) {{
    a -= Math.sqrt(a) + {position};
  }}
  for (let i = 0; i < 8; i++) {{
    a += i * inputs.uniforms.n;
    k = (k * 3 + i) & 63;
  }}
  const t{position} = a * 2 + k;
  a = t{position} > 1 ? t{position} : -a;
"
    )
}

fn functions(position: usize) -> String {
    format!(
        "  function step{position}(v = types.number, i = types.number) {{
    let sum = v;
    for (let q = 0; q < 4; q++) {{
      if (sum > i) {{
        sum *= 0.5;
      }}
      sum += Math.cos(q + i);
    }}
    return sum + {position};
  }}
  a = step{position}(a, k);
"
    )
}

fn wide(position: usize) -> String {
    let few = position % 5;
    format!(
        "  e += d[(k + {position}) % 64] * 0.1;
  if (e > {few}) {{
    e = e / 3 + {position};
  }}
  for (let i = 0; i < 8; i++) {{
    e += i * e;
    w[(k + i) % 64] += 1;
  }}
  const t{position} = e * 2 + a;
  e = Math.max(t{position}, e);
"
    )
}

fn interface(using_cpu: bool) -> Interface {
    let buffers: &[(&str, ElementType, &[u32])] =
        &[("o", ElementType::Number, &[64]), ("w", ElementType::I32, &[64]), ("d", ElementType::F64, &[64])];
    Interface { using_cpu, ..support::interface_of(buffers, &[("n", UniformType::Number)], false) }
}
