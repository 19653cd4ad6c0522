//! The IR as text, for tests and for people who look for a bug.
//!
//! It reads like JavaScript with types: every local carries its number (`x#3`), every operator its parentheses, and
//! every conversion is spelled out.

use std::fmt::Write;

use artifact::Interface;

use super::decimal::decimal;
use super::{
    BinaryOp, Block, Expression, ExpressionKind, Function, Kernel, Literal, LocalId, Place, Scalar,
    Statement, StatementKind, TestPosition, Type,
};

const COMPONENTS: [&str; 4] = ["x", "y", "z", "w"];

/// Prints a kernel. The interface gives buffers and uniforms their names; without it they are numbered.
pub fn print(kernel: &Kernel, interface: Option<&Interface>) -> String {
    let mut text = String::new();
    for function in kernel.all_functions() {
        let mut printer = Printer { kernel, interface, function, text: &mut text, depth: 0 };
        printer.function();
    }
    text
}

/// The text of a type: `f32`, `vec2<i32>`, `array<f32, 4>`.
pub(crate) fn type_text(ty: Type) -> String {
    match ty {
        Type::Scalar(scalar) => scalar_text(scalar).to_owned(),
        Type::Vector(size, scalar) => format!("vec{size}<{}>", scalar_text(scalar)),
        Type::Array { components, scalar, length } => {
            format!("array<{}, {length}>", type_text(Type::of_components(components, scalar)))
        }
    }
}

fn scalar_text(scalar: Scalar) -> &'static str {
    match scalar {
        Scalar::Bool => "bool",
        Scalar::Number => "number",
        Scalar::F32 => "f32",
        Scalar::F64 => "f64",
        Scalar::I32 => "i32",
        Scalar::U32 => "u32",
    }
}

struct Printer<'a> {
    kernel: &'a Kernel,
    interface: Option<&'a Interface>,
    function: &'a Function,
    text: &'a mut String,
    depth: usize,
}

impl Printer<'_> {
    fn function(&mut self) {
        let function = self.function;
        let parameters: Vec<String> = function.parameters.iter().map(|&id| self.declared(id)).collect();
        let result = function.result.map_or(String::new(), |ty| format!(" -> {}", type_text(ty)));
        let head = format!("function {}({}){result}", function.name, parameters.join(", "));
        self.braced(&head, &function.body);
    }

    fn line(&mut self, line: &str) {
        // Writing to a string cannot fail.
        let _ = writeln!(self.text, "{:indent$}{line}", "", indent = self.depth * 2);
    }

    fn braced(&mut self, head: &str, block: &Block) {
        self.line(&format!("{head} {{"));
        self.inside(block);
        self.line("}");
    }

    fn inside(&mut self, block: &Block) {
        self.depth += 1;
        for statement in &block.0 {
            self.statement(statement);
        }
        self.depth -= 1;
    }

    fn statement(&mut self, statement: &Statement) {
        use StatementKind as K;
        match &statement.kind {
            K::Declare { local, value } => {
                let keyword = if self.function.locals.get(local.0 as usize).is_some_and(|local| local.mutable)
                {
                    "let"
                } else {
                    "const"
                };
                let value =
                    value.as_ref().map_or(String::new(), |value| format!(" = {}", self.expression(value)));
                self.line(&format!("{keyword} {}{value}", self.declared(*local)));
            }
            K::Assign { place, value } => {
                self.line(&format!("{} = {}", self.place(place), self.expression(value)));
            }
            K::Update { old, element, value } => {
                let (old, element) = (self.declared(*old), self.expression(element));
                self.line(&format!("update {old} = {element} to {}", self.expression(value)));
            }
            K::Evaluate(expression) => self.line(&self.expression(expression)),
            K::SetPixel { position, color } => {
                let operands: Vec<&Expression> = position.iter().chain(color).collect();
                self.line(&format!("setPixel({})", self.list(operands)));
            }
            K::If { condition, accept, reject } => self.branch(condition, accept, reject),
            K::Loop { .. } => self.repeat(statement),
            K::Scope { label, body } => self.braced(&format!("scope @{}", label.0), body),
            K::Switch { .. } => self.switch(statement),
            K::Break(label) => self.line(&format!("break @{}", label.0)),
            K::Continue(label) => self.line(&format!("continue @{}", label.0)),
            K::Return(value) => {
                let value =
                    value.as_ref().map_or(String::new(), |value| format!(" {}", self.expression(value)));
                self.line(&format!("return{value}"));
            }
        }
    }

    fn branch(&mut self, condition: &Expression, accept: &Block, reject: &Block) {
        self.line(&format!("if {} {{", self.expression(condition)));
        self.inside(accept);
        if !reject.0.is_empty() {
            self.line("} else {");
            self.inside(reject);
        }
        self.line("}");
    }

    fn repeat(&mut self, statement: &Statement) {
        let StatementKind::Loop { label, test, prelude, condition, body, update } = &statement.kind else {
            return;
        };
        let keyword = match test {
            TestPosition::First => "while",
            TestPosition::Last => "do while",
        };
        let condition = condition.as_ref().map_or("true".to_owned(), |condition| self.expression(condition));
        self.line(&format!("{keyword} @{} {condition} {{", label.0));
        self.inside(body);
        for (part, block) in [("before test", prelude), ("update", update)] {
            if !block.0.is_empty() {
                self.line(&format!("}} {part} {{"));
                self.inside(block);
            }
        }
        self.line("}");
    }

    fn switch(&mut self, statement: &Statement) {
        let StatementKind::Switch { label, selector, cases, default } = &statement.kind else { return };
        self.line(&format!("switch @{} {} {{", label.0, self.expression(selector)));
        self.depth += 1;
        for case in cases {
            let values: Vec<String> = case.values.iter().map(i32::to_string).collect();
            self.braced(&format!("case {}", values.join(", ")), &case.body);
        }
        self.braced("default", default);
        self.depth -= 1;
        self.line("}");
    }

    fn place(&self, place: &Place) -> String {
        match place {
            Place::Local(local) => self.local(*local),
            Place::Component { local, component } => {
                format!("{}{}", self.local(*local), component_text(Some(*component)))
            }
            Place::Element { array, index, component } => {
                format!("{}[{}]{}", self.local(*array), self.expression(index), component_text(*component))
            }
            Place::Buffer { buffer, index, component } => {
                format!("{}{}{}", self.buffer(*buffer), self.indices(index), component_text(*component))
            }
        }
    }

    fn expression(&self, expression: &Expression) -> String {
        use ExpressionKind as K;
        match &expression.kind {
            K::Literal(Literal::Bool(value)) => value.to_string(),
            K::Literal(Literal::Number(value)) => match expression.ty.scalar() {
                Scalar::F32 => float_text(*value as f32),
                Scalar::F64 | Scalar::Number => double_text(*value),
                _ => (*value as i64).to_string(),
            },
            K::Local(local) => self.local(*local),
            K::ThreadId => "threadId".to_owned(),
            K::Uniform(uniform) => self.uniform(*uniform),
            K::UniformElement { uniform, index } => {
                format!("{}[{}]", self.uniform(*uniform), self.expression(index))
            }
            K::Load { buffer, index } => format!("{}{}", self.buffer(*buffer), self.indices(index)),
            K::Element { array, index } => format!("{}[{}]", self.local(*array), self.expression(index)),
            K::Component { vector, component } => {
                format!("{}{}", self.expression(vector), component_text(Some(*component)))
            }
            K::Swizzle { vector, components } => {
                let names: String = components.iter().map(|&component| component_name(component)).collect();
                format!("{}.{names}", self.expression(vector))
            }
            K::Compose(parts) => format!("{}({})", type_text(expression.ty), self.list(parts)),
            K::Splat(operand) => format!("{}({})", type_text(expression.ty), self.expression(operand)),
            K::ArrayOf(parts) => format!("[{}]", self.list(parts)),
            K::Unary { op, operand } => format!("({}{})", op.symbol(), self.expression(operand)),
            K::Binary { op, left, right } => self.binary(*op, left, right),
            K::Select { condition, accept, reject } => format!(
                "({} ? {} : {})",
                self.expression(condition),
                self.expression(accept),
                self.expression(reject)
            ),
            K::Builtin { builtin, arguments } => format!("{}({})", builtin.name(), self.list(arguments)),
            K::Call { function, arguments } => {
                let callee = self.kernel.functions.get(function.0 as usize);
                let name =
                    callee.map_or_else(|| format!("function{}", function.0), |callee| callee.name.clone());
                format!("{name}({})", self.list(arguments))
            }
            K::Random => "random()".to_owned(),
            K::Convert(operand) => format!("{}({})", type_text(expression.ty), self.expression(operand)),
            K::ToInt32(operand) => format!("toInt32({})", self.expression(operand)),
            K::InRange { index, known: super::Known::Always } => format!("known {}", self.expression(index)),
            K::InRange { index, known: super::Known::Conditionally(0) } => {
                format!("inside {}", self.expression(index))
            }
            K::InRange { index, known: super::Known::Conditionally(bit) } => {
                format!("inside({bit}) {}", self.expression(index))
            }
        }
    }

    fn binary(&self, op: BinaryOp, left: &Expression, right: &Expression) -> String {
        format!("({} {} {})", self.expression(left), op.symbol(), self.expression(right))
    }

    fn list<'e>(&self, expressions: impl IntoIterator<Item = &'e Expression>) -> String {
        let texts: Vec<String> =
            expressions.into_iter().map(|expression| self.expression(expression)).collect();
        texts.join(", ")
    }

    fn indices(&self, index: &[Expression]) -> String {
        index.iter().map(|index| format!("[{}]", self.expression(index))).collect()
    }

    fn declared(&self, local: LocalId) -> String {
        let ty =
            self.function.locals.get(local.0 as usize).map_or("?".to_owned(), |local| type_text(local.ty));
        format!("{}: {ty}", self.local(local))
    }

    fn local(&self, local: LocalId) -> String {
        let name = self.function.locals.get(local.0 as usize).map_or("?", |local| local.name.as_str());
        format!("{name}#{}", local.0)
    }

    fn buffer(&self, buffer: usize) -> String {
        let described = self.interface.and_then(|interface| interface.buffers.get(buffer));
        described.map_or_else(|| format!("buffer{buffer}"), |described| format!("buffers.{}", described.name))
    }

    fn uniform(&self, uniform: usize) -> String {
        let described = self.interface.and_then(|interface| interface.uniforms.get(uniform));
        described
            .map_or_else(|| format!("uniform{uniform}"), |described| format!("uniforms.{}", described.name))
    }
}

fn component_name(component: u8) -> &'static str {
    COMPONENTS.get(usize::from(component)).copied().unwrap_or("?")
}

fn component_text(component: Option<u8>) -> String {
    component.map_or(String::new(), |component| format!(".{}", component_name(component)))
}

fn float_text(value: f32) -> String {
    let sign = if value.is_sign_negative() { "-" } else { "" };
    match value.abs() {
        size if size.is_nan() => "NaN".to_owned(),
        f32::INFINITY => format!("{sign}inf"),
        size => format!("{sign}{}", decimal(size)),
    }
}

fn double_text(value: f64) -> String {
    format!("{value}")
}
