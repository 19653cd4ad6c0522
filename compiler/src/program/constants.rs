//! Constants of a program that its kernels see: those that `createKernel` is given, and those of the file that a kernel names.

use std::fmt::Write;

use oxc_ast::ast::{Argument, ArrayExpressionElement, Expression};
use oxc_syntax::operator::UnaryOperator;

use super::interface::{Reader, named, unknown};
use super::names::Names;
use super::{Unknown, span};
use crate::diagnostics::Span;

/// A constant of a program.
#[derive(Clone, Debug, PartialEq)]
pub struct ProgramConstant {
    /// What the kernel calls it.
    pub name: String,
    /// The type of its value, or of the elements of an array: `number`, `boolean`, or that of a vector.
    pub type_name: &'static str,
    /// Whether it is an array.
    pub is_array: bool,
    /// The numbers that it consists of, those of an element behind one another; booleans are 1 and 0.
    pub numbers: Vec<f64>,
}

/// Types of vectors, and how many components they have.
const VECTORS: [(&str, usize); 9] = [
    ("vec2", 2),
    ("vec3", 3),
    ("vec4", 4),
    ("vec2i", 2),
    ("vec3i", 3),
    ("vec4i", 4),
    ("vec2u", 2),
    ("vec3u", 3),
    ("vec4u", 4),
];

/// How many elements a table may have.
const LONGEST: usize = 4096;

/// A text with the declarations of constants behind it.
pub(super) fn behind<'c>(source: &str, constants: impl IntoIterator<Item = &'c ProgramConstant>) -> String {
    let mut text = source.to_owned();
    for (position, constant) in constants.into_iter().enumerate() {
        if position == 0 {
            text.push_str("\n//# constants\n");
        }
        constant.declare(&mut text);
    }
    text
}

impl ProgramConstant {
    fn declare(&self, text: &mut String) {
        let size = VECTORS.iter().find(|(name, _)| *name == self.type_name).map_or(1, |(_, size)| *size);
        let element = |numbers: &[f64]| match self.type_name {
            "number" => written(numbers[0]),
            "boolean" => (numbers[0] != 0.0).to_string(),
            name => {
                format!("{name}({})", numbers.iter().copied().map(written).collect::<Vec<_>>().join(", "))
            }
        };
        let elements: Vec<String> = self.numbers.chunks_exact(size).map(element).collect();
        let elements = elements.join(", ");
        let value = if self.is_array { format!("array([{elements}])") } else { elements };
        // A string takes all that is written to it.
        let _ = writeln!(text, "const {} = {value};", self.name);
    }
}

fn written(number: f64) -> String {
    match number {
        f64::INFINITY => "Infinity".to_owned(),
        f64::NEG_INFINITY => "-Infinity".to_owned(),
        number => format!("{number:?}"),
    }
}

/// The constants that the second argument of `createKernel` hands in.
pub(super) fn given<'a>(
    options: Option<&'a Expression<'a>>,
    names: &Names<'a>,
) -> Result<Vec<ProgramConstant>, Unknown> {
    let Some(options) = options else { return Ok(Vec::new()) };
    let reader = Reader { names };
    let options = reader.object(options, "what createKernel is given besides the function")?;
    let Some(constants) = reader.property(options, "constants")? else { return Ok(Vec::new()) };
    let constants = reader.object(constants, "the constants")?;
    let read = |property| {
        let (name, value) = named(property)?;
        names.constant(&name, value).ok_or_else(|| {
            unknown(value, format!("the constant \"{name}\" is not known before the program runs"))
        })
    };
    constants.properties.iter().map(read).collect()
}

/// The constants of the file that the text of a kernel names, besides those that it is `given`.
pub(super) fn seen<'a>(
    function: Span,
    program: &str,
    names: &Names<'a>,
    given: &[ProgramConstant],
) -> Vec<ProgramConstant> {
    let mut seen: Vec<ProgramConstant> = Vec::new();
    for (_, word) in words(function.text(program)) {
        let is_known = |constant: &ProgramConstant| constant.name == word;
        if given.iter().any(is_known) || seen.iter().any(is_known) {
            continue;
        }
        let Some(value) = names.constant_named(word).filter(|value| span(*value).end <= function.start)
        else {
            continue;
        };
        let constant = names.constant(word, value);
        let can_change = |constant: &ProgramConstant| {
            constant.is_array || !matches!(constant.type_name, "number" | "boolean")
        };
        let is_fixed = |constant: &ProgramConstant| {
            !can_change(constant) || is_only_read(word, program, span(value), names)
        };
        seen.extend(constant.filter(is_fixed));
    }
    seen
}

/// Whether all that a program does with an array or a vector is to name it in kernels, and to ask for its length: no other code may change it.
fn is_only_read(name: &str, program: &str, value: Span, names: &Names<'_>) -> bool {
    let cannot_change_it = |(at, word): (usize, &str)| {
        let place = at as u32;
        let in_kernel = || names.kernels().any(|kernel| (kernel.start..kernel.end).contains(&place));
        let is_declared = || {
            program[at + word.len()..value.start as usize]
                .trim_matches([' ', '\t', '\n'])
                .starts_with(['=', ':'])
        };
        let asks_length = || program[at + word.len()..].starts_with(".length");
        (place < value.start && is_declared()) || in_kernel() || asks_length()
    };
    words(program).filter(|(_, word)| *word == name).all(cannot_change_it)
}

/// The words of a text that can be names, and where they stand.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_of_name = |sign: char| sign.is_alphanumeric() || matches!(sign, '_' | '$');
    text.split(move |sign| !is_of_name(sign))
        .filter(|word| !word.is_empty())
        .map(move |word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
}

impl<'a> Names<'a> {
    /// The value of a constant, if kernels can have it and it is written out.
    fn constant(&self, name: &str, value: &'a Expression<'a>) -> Option<ProgramConstant> {
        let name = name.to_owned();
        if let Expression::ArrayExpression(list) = self.value(value) {
            if !(1..=LONGEST).contains(&list.elements.len()) {
                return None;
            }
            let part = |element: &'a ArrayExpressionElement<'a>| self.part(element.as_expression()?);
            let parts: Vec<(&'static str, Vec<f64>)> =
                list.elements.iter().map(part).collect::<Option<_>>()?;
            let type_name = parts[0].0;
            let is_uniform = parts.iter().all(|part| part.0 == type_name);
            let numbers = parts.into_iter().flat_map(|part| part.1).collect();
            return is_uniform.then_some(ProgramConstant { name, type_name, is_array: true, numbers });
        }
        let (type_name, numbers) = self.part(value)?;
        Some(ProgramConstant { name, type_name, is_array: false, numbers })
    }

    fn part(&self, value: &'a Expression<'a>) -> Option<(&'static str, Vec<f64>)> {
        match self.value(value) {
            Expression::BooleanLiteral(literal) => {
                Some(("boolean", vec![f64::from(u8::from(literal.value))]))
            }
            Expression::UnaryExpression(unary) if unary.operator == UnaryOperator::LogicalNot => {
                let inverted = self.number(&unary.argument)?;
                Some(("boolean", vec![f64::from(u8::from(inverted == 0.0 || inverted.is_nan()))]))
            }
            Expression::CallExpression(call) => {
                let callee = self.library(&call.callee)?;
                let (type_name, size) = *VECTORS.iter().find(|(name, _)| *name == callee)?;
                let number = |argument: &'a Argument<'a>| self.number(argument.as_expression()?);
                let numbers: Vec<f64> = call.arguments.iter().map(number).collect::<Option<_>>()?;
                match numbers[..] {
                    [number] => Some((type_name, vec![number; size])),
                    _ => (numbers.len() == size).then_some((type_name, numbers)),
                }
            }
            _ => self.number(value).map(|number| ("number", vec![number])),
        }
    }
}
