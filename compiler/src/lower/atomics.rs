//! JavaScript's `Atomics` on buffers of integers and their rows: each call changes an element in one step.

use artifact::{Component, ElementType};

use super::references::Reference;
use super::{Lowered, Lowerer, messages};
use crate::diagnostics::{Code, Diagnostic, Span};
use crate::ir::{BinaryOp, Builtin, Expression, ExpressionKind, Place, StatementKind, Type};
use crate::syntax::tree::Call;

/// A function of `Atomics`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Atomic {
    Add,
    And,
    CompareExchange,
    Exchange,
    Load,
    Or,
    Store,
    Sub,
    Xor,
}

impl Atomic {
    const ALL: [(&str, Self); 9] = [
        ("add", Self::Add),
        ("and", Self::And),
        ("compareExchange", Self::CompareExchange),
        ("exchange", Self::Exchange),
        ("load", Self::Load),
        ("or", Self::Or),
        ("store", Self::Store),
        ("sub", Self::Sub),
        ("xor", Self::Xor),
    ];

    /// How kernels call it.
    pub(super) fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, atomic)| *atomic == self).map_or("", |(name, _)| name)
    }

    /// What it takes behind a buffer and an index.
    fn operands(self) -> &'static [&'static str] {
        match self {
            Self::Load => &[],
            Self::CompareExchange => &["expected", "replacement"],
            _ => &["value"],
        }
    }

    /// The operator that accumulates likewise.
    fn operator(self) -> Option<BinaryOp> {
        match self {
            Self::Add => Some(BinaryOp::Add),
            Self::Sub => Some(BinaryOp::Subtract),
            Self::And => Some(BinaryOp::BitAnd),
            Self::Or => Some(BinaryOp::BitOr),
            Self::Xor => Some(BinaryOp::BitXor),
            _ => None,
        }
    }
}

impl<'a> Lowerer<'a> {
    /// `Atomics.name`
    pub(super) fn atomics_member(&mut self, name: &str, name_span: Span, span: Span) -> Lowered<Reference> {
        if let Some(&(_, atomic)) = Atomic::ALL.iter().find(|(known, _)| *known == name) {
            return Ok(Reference::Atomic(atomic, span));
        }
        let diagnostic = |help: &str| {
            messages::unsupported(format_args!("`Atomics.{name}`"), name_span).help(help.to_owned())
        };
        self.refuse(match name {
            "wait" | "waitAsync" | "notify" | "pause" => diagnostic(
                "threads of a run do not wait for one another: what comes after a run is another run",
            ),
            "isLockFree" => diagnostic("what `Atomics` does is one step for every type of integers"),
            _ => messages::unknown_member("Atomics", name, name_span, Atomic::ALL.map(|(known, _)| known)),
        })
    }

    /// A call of a function of `Atomics`: what the element was, or of `store` what was given.
    pub(super) fn lower_atomic(
        &mut self,
        atomic: Atomic,
        call: &'a Call<'a>,
        span: Span,
    ) -> Lowered<Expression> {
        let mut arguments = self.passed(call)?.into_iter();
        let container = arguments.next();
        let mut values = Vec::new();
        for argument in arguments {
            values.push(self.read(argument)?);
        }
        let are_numbers = values.iter().all(|value| value.ty.is_number());
        let Some(Reference::Buffer { buffer, index, .. }) =
            container.filter(|_| are_numbers && values.len() == 1 + atomic.operands().len())
        else {
            return self.refuse(messages::no_overload(&values, span, || {
                let operands: String = atomic.operands().iter().map(|name| format!(", {name}")).collect();
                let candidates = ["buffer", "buffer[row]"];
                let candidates =
                    candidates.map(|first| format!("Atomics.{}({first}, index{operands})", atomic.name()));
                (format!("Atomics.{}", atomic.name()), candidates.to_vec())
            }));
        };
        let place = values.remove(0);
        let described = &self.interface.buffers[buffer];
        if index.len() + 1 != described.size.len() {
            let (name, rank) = (described.name.clone(), described.size.len());
            return self.refuse(
                Diagnostic::new(Code::WrongIndex, span)
                    .message(format!(
                        "`{name}` has {rank} dimensions, and `Atomics` takes the last of its indices"
                    ))
                    .help(format!("give it a row: `{name}{}`", "[i]".repeat(rank - 1))),
            );
        }
        if !is_integer(described.element) {
            return self.no_integers(atomic, buffer, span);
        }
        let mut index = index;
        index.push(place);
        self.apply(atomic, (buffer, index), values, span)
    }

    fn apply(
        &mut self,
        atomic: Atomic,
        (buffer, index): (usize, Vec<Expression>),
        values: Vec<Expression>,
        span: Span,
    ) -> Lowered<Expression> {
        let component = self.interface.buffers[buffer].element.component();
        let kind = ExpressionKind::Load { buffer, index };
        let element = Expression::new(kind, Type::NUMBER, span);
        self.builder.effects.reads = true;
        if atomic == Atomic::Load {
            return Ok(self.builder.temporary("loaded", element));
        }
        self.builder.effects.writes = true;
        let mut values = values.into_iter();
        let Some(first) = values.next() else { unreachable!("all others take a value") };
        if atomic == Atomic::Store {
            // What it gives is the value as an integer, before it is made to fit.
            let value = self.builder.temporary("stored", integer(first, span));
            let ExpressionKind::Load { index, .. } = element.kind else { unreachable!("it was just made") };
            let place = Place::Buffer { buffer, index, component: None };
            self.builder.push(StatementKind::Assign { place, value: value.clone() }, span);
            return Ok(value);
        }
        let local = self.builder.add_old(span);
        let old = Expression::new(ExpressionKind::Local(local), Type::NUMBER, span);
        let value = match (atomic.operator(), values.next()) {
            (Some(op), _) => {
                let operand = self.duplicable(as_bits(first, span));
                super::expressions::binary(op, old.clone(), operand, Type::NUMBER, span)
            }
            (None, Some(replacement)) => {
                let expected = self.duplicable(kept(first, component, span));
                let accept = self.duplicable(as_bits(replacement, span));
                let condition =
                    super::expressions::binary(BinaryOp::Equal, old.clone(), expected, Type::BOOL, span);
                let kind = ExpressionKind::Select {
                    condition: Box::new(condition),
                    accept: Box::new(accept),
                    reject: Box::new(old.clone()),
                };
                Expression::new(kind, Type::NUMBER, span)
            }
            (None, None) => self.duplicable(as_bits(first, span)),
        };
        self.builder.push(StatementKind::Update { old: local, element, value }, span);
        Ok(old)
    }

    fn no_integers<T>(&mut self, atomic: Atomic, buffer: usize, span: Span) -> Lowered<T> {
        let described = &self.interface.buffers[buffer];
        let (name, element) = (&described.name, described.element);
        let diagnostic = Diagnostic::new(Code::TypeMismatch, span).message(format!(
            "`Atomics.{}` works on integers, and `{name}` is of {}",
            atomic.name(),
            element.name()
        ));
        let is_sum = matches!(atomic, Atomic::Add | Atomic::Sub);
        let sign = if atomic == Atomic::Sub { "-=" } else { "+=" };
        let integers = format!("declare the buffer \"{name}\" i32 or u32");
        self.refuse(match element.component() {
            Component::Boolean => diagnostic.help(integers),
            _ if is_sum && element.components() > 1 => diagnostic.help(format!(
                "write `{sign}` on a component, as in `{name}[i].x {sign} value`, which is one step too"
            )),
            _ if is_sum => diagnostic.help(format!("write `{name}[i] {sign} value`, which is one step too")),
            _ => diagnostic.help(integers),
        })
    }
}

/// Whether an element is one integer that keeps its bits.
fn is_integer(element: ElementType) -> bool {
    let is_whole = !matches!(
        element.component(),
        Component::F32 | Component::F16 | Component::F64 | Component::Boolean | Component::U8Clamped
    );
    is_whole && element.components() == 1
}

/// The low 32 bits of a number as an integer.
fn as_bits(value: Expression, span: Span) -> Expression {
    if value.as_number().is_some_and(|number| number.fract() == 0.0 && number.abs() < 2_147_483_648.0) {
        return value;
    }
    super::expressions::binary(BinaryOp::BitOr, value, Expression::number(0.0, span), Type::NUMBER, span)
}

/// A number as an element of this type would keep it.
fn kept(value: Expression, component: Component, span: Span) -> Expression {
    let literal = |number: f64| Expression::number(number, span);
    let binary = |op, left, right| super::expressions::binary(op, left, right, Type::NUMBER, span);
    let unused = 32.0 - 8.0 * component.bytes() as f64;
    match component {
        Component::I8 | Component::I16 => {
            let up = binary(BinaryOp::ShiftLeft, value, literal(unused));
            binary(BinaryOp::ShiftRight, up, literal(unused))
        }
        Component::U8 => binary(BinaryOp::BitAnd, value, literal(255.0)),
        Component::U16 => binary(BinaryOp::BitAnd, value, literal(65535.0)),
        Component::U32 => binary(BinaryOp::ShiftRightUnsigned, value, literal(0.0)),
        _ => as_bits(value, span),
    }
}

/// JavaScript's ToIntegerOrInfinity: without a fraction, and 0 where it is NaN or -0.
fn integer(value: Expression, span: Span) -> Expression {
    if value.as_number().is_some_and(|number| number.fract() == 0.0 && !number.is_sign_negative()) {
        return value;
    }
    let kind = ExpressionKind::Builtin { builtin: Builtin::Trunc, arguments: vec![value] };
    let whole = Expression::new(kind, Type::NUMBER, span);
    let zero = Expression::number(0.0, span);
    super::expressions::binary(BinaryOp::Add, whole, zero, Type::NUMBER, span)
}
