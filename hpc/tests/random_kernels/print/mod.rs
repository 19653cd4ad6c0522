//! Prints trees as JavaScript.
//!
//! Integers and doubles are as large as they like. Vectors of singles keep within [`SMALL`], where singles are exact, and floats within
//! [`FLOAT`], where errors stay small, by factors that are powers of two: such expressions come with a bound of their size. A thread writes only
//! what its own id picks.

mod doubles;
mod exact;
mod floats;
mod loops;
mod statements;
mod vectors;

use crate::tree::{Function, Kernel, Parameter, Shape};

/// What components of vectors of singles do not exceed.
const SMALL: f64 = 999.0;
/// What floats do not exceed.
const FLOAT: f64 = 8.0;

/// The text of a kernel.
pub(crate) fn print(kernel: &Kernel) -> String {
    let mut printer =
        Printer { rank: kernel.rank, has_fractions: kernel.has_fractions, ..Printer::default() };
    printer.open("inputs => {");
    for function in &kernel.functions {
        printer.function(function);
    }
    printer.block(&kernel.body);
    printer.close("}");
    printer.text
}

/// An expression.
struct Printed {
    text: String,
    /// What its size, or that of its components, does not exceed; 0 where that does not matter.
    bound: f64,
    /// Whether it needs parentheses beside an operator.
    is_compound: bool,
}

impl Printed {
    fn simple(text: impl Into<String>) -> Self {
        Self { text: text.into(), bound: 0.0, is_compound: false }
    }

    fn compound(text: impl Into<String>) -> Self {
        Self { text: text.into(), bound: 0.0, is_compound: true }
    }

    fn within(self, bound: f64) -> Self {
        Self { bound, ..self }
    }

    /// As an operand or the receiver of a method.
    fn operand(&self) -> String {
        if self.is_compound { format!("({})", self.text) } else { self.text.clone() }
    }

    /// A form in which `$` stands for this.
    fn in_form(&self, form: &str) -> Self {
        let is_call = form.starts_with("Math.") && form.ends_with("($)");
        let text = form.replace('$', &if is_call { self.text.clone() } else { self.operand() });
        if is_call { Self::simple(text) } else { Self::compound(text) }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Int,
    Bool,
    Double,
    Float,
    Vector(u8),
    Cell(Shape),
    Array(u8),
}

#[derive(Clone)]
struct Variable {
    name: String,
    kind: Kind,
    is_mutable: bool,
}

struct Loop {
    label: String,
    label_is_used: bool,
    /// How many switches stand around the loop, within the next loop.
    switches: usize,
}

#[derive(Default)]
struct Printer {
    text: String,
    depth: usize,
    rank: usize,
    has_fractions: bool,
    variables: Vec<Variable>,
    /// How many names there were, so that none is there twice.
    names: usize,
    loops: Vec<Loop>,
    /// How many switches stand around the statement, within the innermost loop.
    switches: usize,
    functions: Vec<(String, Vec<Parameter>)>,
    is_in_function: bool,
}

impl Printer {
    fn line(&mut self, line: &str) {
        self.text += &"  ".repeat(self.depth);
        self.text += line;
        self.text.push('\n');
    }

    fn open(&mut self, line: &str) {
        self.line(line);
        self.depth += 1;
    }

    fn close(&mut self, line: &str) {
        self.depth -= 1;
        self.line(line);
    }

    fn function(&mut self, function: &Function) {
        let name = format!("call{}", self.functions.len());
        let mut declared = Vec::new();
        for parameter in &function.parameters {
            let (kind, ty) = match *parameter {
                Parameter::Number => (Kind::Int, "number".to_owned()),
                Parameter::Boolean => (Kind::Bool, "boolean".to_owned()),
                Parameter::Vector(size) => (Kind::Vector(size), format!("vec{size}")),
                Parameter::Cell(shape) => (Kind::Cell(shape), shape.name()),
            };
            declared.push(format!("{} = types.{ty}", self.declare("p", kind, true)));
        }
        self.is_in_function = true;
        self.open(&format!("function {name}({}) {{", declared.join(", ")));
        // Not a block of its own: the result may name its variables.
        for statement in &function.body {
            self.statement(statement);
        }
        let result = self.int(&function.result).text;
        self.line(&format!("return {result};"));
        self.close("}");
        self.variables.clear();
        self.is_in_function = false;
        self.functions.push((name, function.parameters.clone()));
    }

    /// Names a variable and puts it in scope.
    fn declare(&mut self, letter: &str, kind: Kind, is_mutable: bool) -> String {
        let name = format!("{letter}{}", self.names);
        self.names += 1;
        self.variables.push(Variable { name: name.clone(), kind, is_mutable });
        name
    }

    /// One of the variables that fit, if there are any.
    fn pick(&self, which: u8, fits: impl Fn(&Variable) -> bool) -> Option<Variable> {
        let fitting: Vec<_> = self.variables.iter().filter(|variable| fits(variable)).collect();
        (!fitting.is_empty()).then(|| fitting[usize::from(which) % fitting.len()].clone())
    }

    /// The element of a buffer that belongs to this thread alone.
    fn own_element(&self, buffer: &str) -> String {
        let index = ["x", "y", "z"].iter().take(self.rank).map(|axis| format!("[inputs.threadId.{axis}]"));
        format!("inputs.buffers.{buffer}{}", index.collect::<String>())
    }

    /// One of the elements that belong to this thread, where it has [`SLOTS`](crate::inputs::SLOTS) of them; none if the index, an operand, is
    /// out of range.
    fn own_slot(&self, buffer: &str, index: &str) -> String {
        let (element, last) = (self.own_element(buffer), crate::inputs::SLOTS - 1);
        match element.strip_suffix("[inputs.threadId.z]") {
            Some(row) => format!("{row}[inputs.threadId.z * {} + ({index} & {last})]", last + 1),
            None => format!("{element}[{index}]"),
        }
    }
}

impl Shape {
    /// The name of the type, and of what makes such vectors.
    fn name(self) -> String {
        format!("vec{}{}", self.size, if self.is_signed { "i" } else { "u" })
    }
}

/// A component of a vector of `size`.
fn letter(which: u8, size: u8) -> &'static str {
    ["x", "y", "z", "w"][usize::from(which % size)]
}
