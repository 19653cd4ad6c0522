//! The rules of representation, each on a small kernel, as text. That results are right is judged by `interpreter/tests/numbers.rs`.

use artifact::{BufferDescription, ElementType, Interface, UniformDescription, UniformType};

use crate::conditions::describe;
use crate::ir::{self, Kernel};
use crate::pipeline::middle_end;
use crate::transform::variants::Variants;

fn interface() -> Interface {
    let buffer = |name: &str, element, size: &[u32]| BufferDescription { name: name.into(), element, size: size.into() };
    let uniform = |name: &str, ty, integral| UniformDescription { name: name.into(), ty, integral };
    Interface {
        buffers: vec![
            buffer("data", ElementType::Number, &[64]),
            buffer("ints", ElementType::I32, &[64]),
            buffer("words", ElementType::U32, &[64]),
            buffer("wide", ElementType::F64, &[64]),
            buffer("grid", ElementType::Number, &[8, 8]),
        ],
        uniforms: vec![
            uniform("n", UniformType::Number, true),
            uniform("t", UniformType::Number, false),
            uniform("list", UniformType::Numbers(4), true),
        ],
        ..Interface::default()
    }
}

fn compiled(body: &str) -> Variants {
    let text = format!(
        "inputs => {{ const {{}} = 0; }}"
    );
    let _ = text;
    let text = format!("inputs => {{ const x = inputs.threadId.x, y = inputs.threadId.y; {} }}", spelled(body));
    middle_end(&text, &interface()).unwrap_or_else(|wrong| panic!("{wrong:?}\n{text}"))
}

/// The text with names of buffers and uniforms as kernels spell them.
fn spelled(body: &str) -> String {
    let mut text = body.to_owned();
    for name in ["data", "ints", "words", "wide", "grid"] {
        text = text.replace(&format!("{name}["), &format!("inputs.buffers.{name}["));
    }
    for name in ["n", "t", "list"] {
        text = text.replace(&format!("${name}"), &format!("inputs.uniforms.{name}"));
    }
    text
}

/// The statements of a kernel behind its thread ids, one a line.
fn lines(kernel: &Kernel) -> Vec<String> {
    let text = ir::print(kernel, Some(&interface()));
    let lines = text.lines().skip_while(|line| !line.starts_with("function kernel")).skip(1);
    let lines = lines.map(|line| line.trim().to_owned()).filter(|line| line != "}");
    lines.filter(|line| !line.contains("threadId.")).collect()
}

#[test]
fn scratch() {
    let bodies = std::fs::read_to_string("/tmp/bodies.txt").expect("bodies");
    for body in bodies.lines().filter(|line| !line.is_empty()) {
        let variants = compiled(body);
        println!("== {body}");
        println!("{}", lines(&variants.common).join("\n"));
        println!("   when {}", describe(&variants.conditions, &interface()));
        variants.inside.iter().for_each(|inside| println!("   inside {}", describe(inside, &interface())));
        if let Some(general) = &variants.general {
            println!("-- general\n{}", lines(general).join("\n"));
        }
    }
}
