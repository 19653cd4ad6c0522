//! Represented IR as short text: `i`, `u` or `f` after a literal says how it is represented.

use crate::ir::{Block, Expression, ExpressionKind as K, Function, Literal, Place, Scalar, StatementKind};

pub(super) fn scalar(scalar: Scalar) -> &'static str {
    match scalar {
        Scalar::Bool => "bool",
        Scalar::Number => "NUMBER",
        Scalar::F32 => "f32",
        Scalar::I32 => "i32",
        Scalar::U32 => "u32",
    }
}

fn list(expressions: &[Expression]) -> String {
    expressions.iter().map(expression).collect::<Vec<_>>().join(", ")
}

pub(super) fn expression(of: &Expression) -> String {
    match &of.kind {
        K::Literal(Literal::Bool(value)) => value.to_string(),
        K::Literal(Literal::Number(value)) => format!("{value}{}", &scalar(of.ty.scalar())[..1]),
        K::Local(local) => format!("v{}", local.0),
        K::ThreadId => "id".to_owned(),
        K::Uniform(_) => "uniform".to_owned(),
        K::Load { index, .. } => format!("buffer[{}]", list(index)),
        K::Element { array, index } => format!("v{}[{}]", array.0, expression(index)),
        K::Component { vector, component } => format!("{}.{component}", expression(vector)),
        K::Swizzle { vector, components } => format!("{}.{components:?}", expression(vector)),
        K::Compose(parts) => format!("vec({})", list(parts)),
        K::Splat(part) => format!("splat({})", expression(part)),
        K::ArrayOf(parts) => format!("[{}]", list(parts)),
        K::Unary { op, operand } => format!("{}{}", op.symbol(), expression(operand)),
        K::Binary { op, left, right } => {
            format!("({} {} {})", expression(left), op.symbol(), expression(right))
        }
        K::Select { condition, accept, reject } => {
            format!("({} ? {} : {})", expression(condition), expression(accept), expression(reject))
        }
        K::Builtin { builtin, arguments } => format!("{}({})", builtin.name(), list(arguments)),
        K::Call { function, arguments } => format!("f{}({})", function.0, list(arguments)),
        K::Random => "random()".to_owned(),
        K::Convert(inner) => format!("{}({})", scalar(of.ty.scalar()), expression(inner)),
        K::ToInt32(inner) => format!("toInt32({})", expression(inner)),
        K::InRange { index, .. } => expression(index),
    }
}

/// The assignments, conditions and returns of a function, in order.
pub(super) fn function(of: &Function) -> Vec<String> {
    let mut lines = Vec::new();
    block(&of.body, of, &mut lines);
    lines
}

fn block(of: &Block, function: &Function, lines: &mut Vec<String>) {
    of.walk(&mut |statement| match &statement.kind {
        StatementKind::Declare { local, value } => {
            let value = value.as_ref().map_or("zero".to_owned(), expression);
            lines.push(format!("{} v{} = {value}", scalar(function.local(*local).ty.scalar()), local.0));
        }
        StatementKind::Assign { place, value } => {
            let place = match place {
                Place::Local(local) => format!("v{}", local.0),
                Place::Component { local, component } => format!("v{}.{component}", local.0),
                Place::Element { array, index, .. } => format!("v{}[{}]", array.0, expression(index)),
                Place::Buffer { index, .. } => format!("buffer[{}]", list(index)),
            };
            lines.push(format!("{place} = {}", expression(value)));
        }
        StatementKind::If { condition, .. } => lines.push(format!("if {}", expression(condition))),
        StatementKind::Loop { condition: Some(condition), .. } => {
            lines.push(format!("while {}", expression(condition)));
        }
        StatementKind::Return(Some(value)) => lines.push(format!("return {}", expression(value))),
        _ => {}
    });
}
