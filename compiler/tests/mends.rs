//! Messages that say what to write: the mend is followed, and compiles. A row is a mistake, the code in backticks that its help suggests, and the
//! text as it is when that was followed.

mod support;

use compiler::diagnostics::{Diagnostic, Origin, render};
use compiler::pipeline;

const MENDS: &[(&str, &str, &str)] = &[
    // Names of the host.
    ("let a = parseInt(x);", "Math.trunc(x)", "let a = Math.trunc(x);"),
    ("let a = Math.log1p(x);", "Math.log(1 + x)", "let a = Math.log(1 + x);"),
    ("let a = Math.expm1(x);", "Math.exp(x) - 1", "let a = Math.exp(x) - 1;"),
    ("let a = Math.mod(x, 3);", "x % y", "let y = 3; let a = x % y;"),
    (
        "let a = Math.lerp(x, 1, 2);",
        "mix(a, b, t)",
        "let b = 1, t = 2; let a = mix(x, b, t); a = mix(a, b, t);",
    ),
    // Constants and uniforms.
    (
        "let a = SIZE;",
        "createKernel(kernel, { constants: { SIZE } })",
        "let a = SIZE;\n}\n//# constants\nconst SIZE = 4;\n",
    ),
    (
        "let list = array(SIZE, 0);",
        "createKernel(kernel, { constants: { SIZE } })",
        "let list = array(SIZE, 0);\n}\n//# constants\nconst SIZE = 4;\n",
    ),
    ("let a = scale * 2;", "inputs.uniforms.scale", "let a = inputs.uniforms.scale * 2;"),
    ("let a = data[0];", "inputs.buffers.data", "let a = inputs.buffers.data[0];"),
    ("helper(x);", "function helper(…) { … }", "HEAD function helper(a = types.number) { }\nhelper(x);"),
    // Types.
    ("let v = vec2(x); v += 1;", "v = v.plus(vec2(1))", "let v = vec2(x); v = v.plus(vec2(1));"),
    ("let v = vec2(x); v -= vec2(1);", "v = v.minus(vec2(1))", "let v = vec2(x); v = v.minus(vec2(1));"),
    ("let v = vec2(x); v *= 2;", "v = v.times(2)", "let v = vec2(x); v = v.times(2);"),
    ("let v = vec2(x); v /= x;", "v = v.div(x)", "let v = vec2(x); v = v.div(x);"),
    ("let v = vec3(x); v = v + 1;", "v.plus(vec3(1))", "let v = vec3(x); v = v.plus(vec3(1));"),
    ("let v = vec3(x); v = v * x;", "v.times(x)", "let v = vec3(x); v = v.times(x);"),
    ("let v = vec3(x); v = 2 * v;", "vec3(2).times(v)", "let v = vec3(x); v = vec3(2).times(v);"),
    ("let v = vec3(x); v = 1 - v;", "vec3(1).minus(v)", "let v = vec3(x); v = vec3(1).minus(v);"),
    ("let v = vec2i(x); v = v & vec2i(1);", "v.and(vec2i(1))", "let v = vec2i(x); v = v.and(vec2i(1));"),
    ("let n = 0; n = x > 1;", "x > 1 ? 1 : 0", "let n = 0; n = x > 1 ? 1 : 0;"),
    ("let on = true; on += 1;", "on", "let on = 1; on += 1;"),
    ("let v = vec2(x); if (v) x += 1;", "v.length() > 0", "let v = vec2(x); if (v.length() > 0) x += 1;"),
    ("let a = x.max(2);", "Math.max(x, 2)", "let a = Math.max(x, 2);"),
    ("let v = vec2i(x); let a = v.length();", "vec2(v)", "let v = vec2i(x); let a = vec2(v).length();"),
    ("let v = vec2(x); let a = v.length;", ".length(…)", "let v = vec2(x); let a = v.length();"),
    ("let v = vec2(x); v = v.add(v);", "plus", "let v = vec2(x); v = v.plus(v);"),
    ("let a = Math.random(3);", "Math.random()", "let a = Math.random();"),
    ("let a; x = a;", "let a = 0", "let a = 0; x = a;"),
    ("const a = 1; a = 2;", "let a = …", "let a = 1; a = 2;"),
    (
        "weights[0] = x;\n}\n//# constants\nconst weights = array([1]);\n",
        "let list = array([1, 2, 3])",
        "let list = array([1, 2, 3]); list[0] = x;",
    ),
    ("const list = [1, 2];", "array([…])", "const list = array([1, 2]);"),
    ("let list = array(x, 0);", "array(8, 0)", "let list = array(8, 0);"),
    ("let list = array([]);", "array([1, 2, 3])", "let list = array([1, 2, 3]);"),
    (
        "let a = inputs.buffers.grid[0] * 2;",
        "grid[i][j]",
        "let i = 0, j = 0; const { grid } = inputs.buffers; let a = grid[i][j] * 2;",
    ),
    ("let a = inputs.buffers[x];", ".name", "let a = inputs.buffers.data[0];"),
    // Syntax.
    ("let a = x ?? 2;", "", "let a = x;"),
    (
        "for (x of [1, 2]) { }",
        "for (const element of list)",
        "const list = array([1, 2]); for (const element of list) { x = element; }",
    ),
    (
        "for (const i in [1, 2]) { }",
        "for (let i = 0; i < n; i++)",
        "let n = 2; for (let i = 0; i < n; i++) { }",
    ),
    ("let a = x?.y;", ".", "let v = vec2(x); let a = v.y;"),
    ("let a = null;", "", "let a = 0;"),
    ("let a = 1n;", "", "let a = 1;"),
    // Functions.
    (
        "HEAD function f(v = types.float) { return v * 2; }\nx = f(x);",
        "types.number",
        "HEAD function f(v = types.number) { return v * 2; }\nx = f(x);",
    ),
    ("return x;", "inputs.buffers.name[i] = …", "inputs.buffers.data[0] = x;"),
];

#[test]
fn what_messages_say_compiles() {
    let interface = support::interface();
    let mut wrong = Vec::new();
    for (mistake, mend, mended) in MENDS {
        match pipeline::compile(&kernel(mistake), &interface) {
            Ok(_) => wrong.push(format!("{mistake}\n  compiles")),
            Err(errors) => {
                let helps: Vec<&str> =
                    errors.iter().filter_map(|error: &Diagnostic| error.help.as_deref()).collect();
                let says_it = |help: &&str| mend.is_empty() || help.contains(&format!("`{mend}`"));
                if !helps.iter().any(says_it) {
                    wrong.push(format!("{mistake}\n  does not say `{mend}`: {helps:?}"));
                }
            }
        }
        let source = kernel(mended);
        if let Err(errors) = pipeline::compile(&source, &interface) {
            wrong.push(format!("{mended}\n{}", render(&errors, &source, &Origin::default())));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n\n"));
}

/// A kernel whose number `x` and buffers are there for a body; functions come first, behind the word `HEAD`.
fn kernel(body: &str) -> String {
    let (functions, body) = match body.strip_prefix("HEAD ").and_then(|body| body.split_once('\n')) {
        Some((functions, rest)) => (functions, rest),
        None => ("", body),
    };
    let end = if body.contains("//# constants") { "" } else { "\n}" };
    format!("(inputs) => {{\n{functions}\nlet x = inputs.buffers.data[inputs.threadId.x];\n{body}{end}")
}
