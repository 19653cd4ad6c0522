//! `docs/language/builtins.md` says what the table of builtin functions says. `UPDATE=1` rewrites it.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use compiler::ir::builtins::{CONSTANTS, Row, Signature, TABLE};

#[test]
fn the_reference_is_that_of_the_table() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/language/builtins.md");
    let wanted = reference();
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &wanted).unwrap();
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(found, wanted, "run `UPDATE=1 cargo test -p hpc-js-compiler --test reference`");
}

fn reference() -> String {
    let mut page = String::from("## Math\n\n| call | on vectors | |\n|---|---|---|\n");
    page.push_str(
        "| `Math.random()` | – | A random number from 0 to below 1; each call gives another one. |\n",
    );
    for row in TABLE {
        if let Some(name) = row.math {
            let method =
                row.method.map_or("–".to_owned(), |method| format!("`{}`", method_call(method, row)));
            writeln!(page, "| `Math.{name}({})` | {method} | {} |", operands(row), row.summary).unwrap();
        }
    }
    page.push_str("\nOn a vector, each component is computed by itself.\n\n| constant | |\n|---|---|\n");
    for (name, value) in CONSTANTS {
        writeln!(page, "| `Math.{name}` | {value:.6} |").unwrap();
    }
    page.push_str("\n## Methods of vectors\n\n| call | of | gives | |\n|---|---|---|---|\n");
    page.push_str("| `v.plus(u)`, `v.minus(u)` | every vector | the same | The sum and the difference. |\n");
    page.push_str("| `v.times(u)`, `v.div(u)` | every vector | the same | The product and the quotient; `u` may be a number. |\n");
    for row in TABLE.iter().filter(|row| row.library.is_none() && row.math.is_none()) {
        if let Some(method) = row.method {
            let (sizes, result) = (sizes(row), result(row));
            writeln!(page, "| `{}` | {sizes} | {result} | {} |", method_call(method, row), row.summary)
                .unwrap();
        }
    }
    page.push_str(
        "\n## Functions of the library\n\n\
         They are imported from `hpc.js`, and are there on the host too.\n\n| call | on vectors | |\n|---|---|---|\n",
    );
    for (call, vectors, summary) in [
        ("mix(a, b, t)", "a and b are vectors, t is one or a number", "`a * (1 - t) + b * t`."),
        (
            "clamp(x, low, high)",
            "x is a vector, the others are or are numbers",
            "`Math.min(Math.max(x, low), high)`.",
        ),
        ("fract(x)", "x is a vector", "`x - Math.floor(x)`."),
        ("step(edge, x)", "x is a vector, edge is one or a number", "`x < edge ? 0 : 1`."),
        (
            "smoothstep(low, high, x)",
            "x is a vector, the others are or are numbers",
            "`t * t * (3 - 2 * t)`, where `t` is `clamp((x - low) / (high - low), 0, 1)`.",
        ),
    ] {
        writeln!(page, "| `{call}` | {vectors} | {summary} |").unwrap();
    }
    for row in TABLE {
        if let Some(name) = row.library {
            writeln!(page, "| `{name}({})` | – | {} |", operands(row), row.summary).unwrap();
        }
    }
    page
}

/// The operands of a call, such as `x, y`.
fn operands(row: &Row) -> String {
    let names = ["x", "y"];
    names[..usize::from(row.builtin.arity())].join(", ")
}

/// `v.name()` or `v.name(u)`: the receiver is an operand.
fn method_call(method: &str, row: &Row) -> String {
    let argument = if row.builtin.arity() == 2 { "u" } else { "" };
    format!("v.{method}({argument})")
}

fn sizes(row: &Row) -> String {
    match row.sizes {
        [2, 3, 4] => "every vector".to_owned(),
        sizes => sizes.iter().map(|size| format!("vec{size}")).collect::<Vec<_>>().join(", "),
    }
}

fn result(row: &Row) -> &'static str {
    match row.signature {
        Signature::VectorToNumber(_) => "a number",
        _ => "the same",
    }
}
