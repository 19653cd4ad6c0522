//! `array([…])` and `array(size, fill)`.

use super::references::Reference;
use super::{Lowered, Lowerer, messages};
use crate::diagnostics::{Code, Diagnostic, Span};
use crate::ir::builtins;
use crate::ir::{
    BinaryOp, Block, Expression, ExpressionKind, Literal, LocalId, Place, Statement, StatementKind,
    TestPosition, Type, UnaryOp,
};
use crate::syntax::tree::{Array, Call, Expression as Syntax, ForeignKind};

/// Up to this length, the elements of `array(size, fill)` are written out one by one.
const UNROLLED: u32 = 16;

/// How many elements an array may have: 64 KiB of vec4.
const LONGEST: u32 = 4096;

impl<'a> Lowerer<'a> {
    /// Makes an array in a temporary, which a variable can take over.
    pub(super) fn lower_array(&mut self, call: &'a Call<'a>, span: Span) -> Lowered<Reference> {
        let arguments = self.plain_arguments(call)?;
        match arguments[..] {
            [Syntax::Array(list)] => {
                let elements = self.array_elements(list)?;
                self.array_of(&elements, span)
            }
            [size, fill] => {
                let length = self.array_length(size)?;
                self.array_filled(length, fill, span)
            }
            _ => self.refuse(
                wrong_array(span).message("`array` takes a list, `array([…])`, or a size and a filling"),
            ),
        }
    }

    /// The elements of a list; refuses what is none.
    pub(super) fn array_elements(&mut self, list: &'a Array<'a>) -> Lowered<Vec<&'a Syntax<'a>>> {
        list.elements.iter().map(|element| self.array_element(element)).collect()
    }

    fn array_element(&mut self, element: &'a Syntax<'a>) -> Lowered<&'a Syntax<'a>> {
        let is_element = match element {
            Syntax::Spread(_) => false,
            Syntax::Foreign(foreign) => foreign.kind != ForeignKind::Hole,
            _ => true,
        };
        if is_element {
            return Ok(element);
        }
        let diagnostic = messages::unsupported("spread or a hole in an array", element.span());
        self.refuse(diagnostic.help("list every element"))
    }

    pub(super) fn array_of(&mut self, syntax: &[&'a Syntax<'a>], span: Span) -> Lowered<Reference> {
        let elements = self.in_order(syntax, Self::lower_element, Self::pin_reference)?;
        match elements.first() {
            None => self.refuse(wrong_array(span).message("an array has at least one element")),
            Some(Reference::Record(_)) => self.array_of_objects(elements, span),
            Some(_) => {
                let read = elements.into_iter().map(|element| self.read(element));
                let values = read.collect::<Lowered<Vec<_>>>()?;
                self.array_of_values(values, span).map(Reference::Value)
            }
        }
    }

    /// An element of an array: an object, or a value.
    fn lower_element(&mut self, syntax: &'a Syntax<'a>) -> Lowered<Reference> {
        match self.lower_part(syntax)? {
            Reference::Record(object) if object.is_object() => self.passed_object(object),
            value => self.read(value).map(Reference::Value),
        }
    }

    /// An array of these values, in a temporary.
    pub(super) fn array_of_values(&mut self, values: Vec<Expression>, span: Span) -> Lowered<Expression> {
        let first_type = values[0].ty;
        if let Some(other) = values.iter().find(|value| value.ty != first_type) {
            let diagnostic = Diagnostic::new(Code::WrongArray, other.span)
                .message(format!(
                    "this element is {}, the first one is {}",
                    other.ty.with_article(),
                    first_type.with_article()
                ))
                .and_label(values[0].span, first_type.user_name())
                .note("all elements of an array have the same type");
            return self.refuse(diagnostic);
        }
        if matches!(first_type, Type::Array { .. }) {
            return self.array_of_rows(values, span);
        }
        if matches!(first_type, Type::Array { .. }) {
            return self.array_of_rows(values, span);
        }
        let ty = self.array_type(first_type, values.len() as u32, span)?;
        Ok(self.builder.temporary("array", Expression::new(ExpressionKind::ArrayOf(values), ty, span)))
    }

    pub(super) fn array_type(&mut self, element: Type, length: u32, span: Span) -> Lowered<Type> {
        match element {
            Type::Array { .. } => self.refuse(wrong_array(span).message("arrays cannot hold arrays")),
            element => {
                let length = self.checked_length(length, span)?;
                Ok(Type::Array { components: element.components(), scalar: element.scalar(), length })
            }
        }
    }

    pub(super) fn checked_length(&mut self, length: u32, span: Span) -> Lowered<u32> {
        if length <= LONGEST {
            return Ok(length);
        }
        let message = format!("an array has at most {LONGEST} elements, this one has {length}");
        self.refuse(
            Diagnostic::new(Code::WrongArray, span).message(message).help("use a buffer for what is larger"),
        )
    }

    /// The compile-time size of `array(size, fill)`.
    fn array_length(&mut self, syntax: &'a Syntax<'a>) -> Lowered<u32> {
        let size = self.lower_value(syntax)?;
        match self.constant_value(&size) {
            Some(length) if length >= 1.0 && length.fract() == 0.0 && length <= f64::from(u32::MAX) => {
                Ok(length as u32)
            }
            Some(length) => self.refuse(
                wrong_array(size.span)
                    .message(format!("an array's size is a positive integer, this is {length}")),
            ),
            None => self.refuse(
                wrong_array(size.span).message("an array's size must be known when the kernel is compiled"),
            ),
        }
    }

    /// `array(length, fill)`: the filling is evaluated for each element, in order, like a macro.
    fn array_filled(&mut self, length: u32, fill: &'a Syntax<'a>, span: Span) -> Lowered<Reference> {
        // Within another filling it would be written out as often as that is, and so on.
        if length <= UNROLLED && !self.builder.is_filling {
            self.builder.is_filling = true;
            let array = self.array_of(&vec![fill; length as usize], span);
            self.builder.is_filling = false;
            return array;
        }
        self.builder.open_block();
        let element = self.lower_element(fill);
        let mut body = self.builder.close_block();
        let value = match element? {
            Reference::Record(object) => return self.array_filled_with_objects(length, body, object, span),
            value => self.read(value)?,
        };
        if matches!(value.ty, Type::Array { .. }) {
            return self.array_filled_with_rows(length, (body, value), span).map(Reference::Value);
        }
        let ty = self.array_type(value.ty, length, span)?;
        let array = self.builder.add_temporary("array", ty, span);
        self.builder.push(StatementKind::Declare { local: array, value: None }, span);
        // A filling with effects is evaluated even if it leaves only zeros.
        if !body.0.is_empty() || !is_zero(&value) {
            let counter = self.builder.add_temporary("element", Type::NUMBER, span);
            let index = Expression::new(ExpressionKind::Local(counter), Type::NUMBER, span);
            let place = Place::Element { array, index, component: None };
            body.0.push(Statement { kind: StatementKind::Assign { place, value }, span });
            self.push_counted(counter, length, body, span);
        }
        Ok(Reference::Value(Expression::new(ExpressionKind::Local(array), ty, span)))
    }

    /// `for (counter = 0; counter < length; counter++) body`
    pub(super) fn push_counted(&mut self, counter: LocalId, length: u32, body: Block, span: Span) {
        let zero = Expression::number(0.0, span);
        self.builder.push(StatementKind::Declare { local: counter, value: Some(zero) }, span);
        let count = Expression::new(ExpressionKind::Local(counter), Type::NUMBER, span);
        let end = Expression::number(f64::from(length), span);
        let condition = super::expressions::compare(BinaryOp::Less, count.clone(), end);
        let next = super::expressions::binary(
            BinaryOp::Add,
            count,
            Expression::number(1.0, span),
            Type::NUMBER,
            span,
        );
        let step = StatementKind::Assign { place: Place::Local(counter), value: next };
        let kind = StatementKind::Loop {
            label: self.builder.new_label(),
            test: TestPosition::First,
            prelude: Block::default(),
            condition: Some(condition),
            body,
            update: Block(vec![Statement { kind: step, span }]),
        };
        self.builder.push(kind, span);
    }

    /// The value of an expression of literals and numeric constants.
    pub(super) fn constant_value(&self, value: &Expression) -> Option<f64> {
        match &value.kind {
            ExpressionKind::Literal(Literal::Number(number)) => Some(*number),
            ExpressionKind::Local(local) => self.builder.constant(*local),
            ExpressionKind::Unary { op: UnaryOp::Negate, operand } => {
                self.constant_value(operand).map(|value| -value)
            }
            ExpressionKind::Binary { op, left, right } => {
                let (left, right) = (self.constant_value(left)?, self.constant_value(right)?);
                match op {
                    BinaryOp::Add => Some(left + right),
                    BinaryOp::Subtract => Some(left - right),
                    BinaryOp::Multiply => Some(left * right),
                    BinaryOp::Divide => Some(left / right),
                    BinaryOp::Remainder => Some(builtins::remainder(left, right)),
                    _ => None,
                }
            }
            ExpressionKind::Builtin { builtin, arguments } => {
                let arguments: Option<Vec<f64>> =
                    arguments.iter().map(|argument| self.constant_value(argument)).collect();
                builtin.row().fold.zip(arguments).map(|(fold, arguments)| fold(&arguments))
            }
            _ => None,
        }
    }
}

/// Whether a value is what a new local holds anyway.
fn is_zero(value: &Expression) -> bool {
    match &value.kind {
        ExpressionKind::Literal(Literal::Number(number)) => *number == 0.0 && number.is_sign_positive(),
        ExpressionKind::Literal(Literal::Bool(value)) => !value,
        ExpressionKind::Splat(value) => is_zero(value),
        _ => false,
    }
}

fn wrong_array(span: Span) -> Diagnostic {
    Diagnostic::new(Code::WrongArray, span)
        .help("write `array([1, 2, 3])`, or `array(8, 0)` with a constant size")
}
