//! Arrays of arrays. They lie row behind row in one array; how long their rows are is known of the local that holds them.
//!
//! ```text
//! let m = array(2, array(3, 0)); m[i][j] = 1;
//! ⇒
//! let m = array of 6; m[0 <= j && j < 3 ? floor(i) * 3 + floor(j) : -1] = 1;
//! ```
//!
//! An index that is outside of its row leads to no other one: it becomes -1, which is outside of all.

use super::constants::is_literal;
use super::expressions::{binary, compare};
use super::references::Reference;
use super::{Lowered, Lowerer};
use crate::diagnostics::{Code, Diagnostic, Span};
use crate::ir::{
    BinaryOp, Block, Builtin, Expression, ExpressionKind, Literal, LocalId, Place, Statement, StatementKind,
    Type,
};

/// A row of an array of arrays, or of a row.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) array: LocalId,
    pub(super) constant: bool,
    /// The number of rows before it, as an expression.
    pub(super) number: Expression,
    /// The number of indices that lead to it.
    pub(super) level: usize,
}

impl<'a> Lowerer<'a> {
    /// How many rows, of how many rows, of how many elements an array has.
    pub(super) fn extents_of_array(&self, array: LocalId) -> Vec<u32> {
        let rows = self.builder.rows(array);
        let mut extents = rows.to_vec();
        if let Some(Type::Array { length, .. }) = self.builder.local_type(array) {
            extents.push(length / rows.iter().product::<u32>().max(1));
        }
        extents
    }

    /// `array[index]`, where that is a row.
    pub(super) fn row(&mut self, array: LocalId, constant: bool, index: Expression, span: Span) -> Reference {
        let number = floored(index);
        Reference::Row { row: Row { array, constant, number, level: 1 }, span }
    }

    /// `row[index]`
    pub(super) fn row_element(&mut self, row: Row, index: Expression, span: Span) -> Reference {
        let extents = self.extents_of_array(row.array);
        let extent = f64::from(extents[row.level]);
        let index = self.duplicable(index);
        let whole = Expression::number(extent, span);
        let before = binary(BinaryOp::Multiply, row.number, whole, Type::NUMBER, span);
        let number = binary(BinaryOp::Add, before, floored(index.clone()), Type::NUMBER, span);
        let is_inside = self.constant_value(&index).map(|index| index >= 0.0 && index < extent);
        let number = match is_inside {
            Some(true) => number,
            Some(false) => Expression::number(-1.0, span),
            None => {
                let from = compare(BinaryOp::GreaterEqual, index.clone(), Expression::number(0.0, span));
                let to = compare(BinaryOp::Less, index, Expression::number(extent, span));
                let kind = ExpressionKind::Select {
                    condition: Box::new(binary(BinaryOp::And, from, to, Type::BOOL, span)),
                    accept: Box::new(number),
                    reject: Box::new(Expression::number(-1.0, span)),
                };
                Expression::new(kind, Type::NUMBER, span)
            }
        };
        let number = self.bounded(number);
        let Row { array, constant, level, .. } = row;
        if level + 1 < extents.len() {
            return Reference::Row { row: Row { array, constant, number, level: level + 1 }, span };
        }
        Reference::Element { array, constant, index: number, span }
    }

    /// An array of these arrays, which are values that are there.
    pub(super) fn array_of_rows(&mut self, values: Vec<Expression>, span: Span) -> Lowered<Expression> {
        let Type::Array { components, scalar, length } = values[0].ty else {
            unreachable!("they are arrays")
        };
        let mut rows = vec![values.len() as u32];
        rows.extend(self.builder.rows_of(&values[0]));
        if let Some(other) = values.iter().find(|value| self.builder.rows_of(value) != rows[1..]) {
            return self.refuse(
                Diagnostic::new(Code::WrongArray, other.span)
                    .message("this array has rows of another length than the first one")
                    .help("make all rows of one length: `array([array([1, 2]), array([3, 4])])`"),
            );
        }
        let total = length.saturating_mul(values.len() as u32);
        let ty = Type::Array { components, scalar, length: self.checked_length(total, span)? };
        let element = ty.element().unwrap_or(Type::NUMBER);
        let mut elements = Vec::with_capacity(total as usize);
        // What was made of literals needs no array of its own.
        let literals: Option<Vec<Vec<Expression>>> =
            values.iter().map(|value| self.builder.literals_of(value, element)).collect();
        match literals {
            Some(literals) => {
                values.iter().rev().for_each(|value| self.builder.forget(value));
                elements.extend(literals.into_iter().flatten());
            }
            None => {
                for value in &values {
                    let ExpressionKind::Local(array) = value.kind else {
                        unreachable!("arrays are in locals")
                    };
                    elements.extend((0..length).map(|position| element_at(array, position, element, span)));
                }
            }
        }
        let made = Expression::new(ExpressionKind::ArrayOf(elements), ty, span);
        let made = self.builder.temporary("array", made);
        self.builder.set_rows_of(&made, rows);
        Ok(made)
    }

    /// `array(length, fill)` where `block` computes the filling, which is an array.
    pub(super) fn array_filled_with_rows(
        &mut self,
        length: u32,
        (mut block, value): (Block, Expression),
        span: Span,
    ) -> Lowered<Expression> {
        let Type::Array { components, scalar, length: inner } = value.ty else {
            unreachable!("it is an array")
        };
        let ExpressionKind::Local(row) = value.kind else { unreachable!("arrays are in locals") };
        let mut rows = vec![length];
        rows.extend(self.builder.rows_of(&value));
        let total = self.checked_length(inner.saturating_mul(length), span)?;
        let ty = Type::Array { components, scalar, length: total };
        let array = self.builder.add_temporary("array", ty, span);
        self.builder.push(StatementKind::Declare { local: array, value: None }, span);
        let made = Expression::new(ExpressionKind::Local(array), ty, span);
        self.builder.set_rows_of(&made, rows);
        let is_zero =
            matches!(&block.0[..], [Statement { kind: StatementKind::Declare { value: None, .. }, .. }]);
        if is_zero {
            return Ok(made);
        }
        let element = ty.element().unwrap_or(Type::NUMBER);
        let counter = self.builder.add_temporary("row", Type::NUMBER, span);
        let position = self.builder.add_temporary("element", Type::NUMBER, span);
        let number = |local| Expression::new(ExpressionKind::Local(local), Type::NUMBER, span);
        let before = binary(
            BinaryOp::Multiply,
            number(counter),
            Expression::number(f64::from(inner), span),
            Type::NUMBER,
            span,
        );
        let index = binary(BinaryOp::Add, before, number(position), Type::NUMBER, span);
        let kind = ExpressionKind::Element { array: row, index: Box::new(number(position)) };
        let place = Place::Element { array, index, component: None };
        let assign = StatementKind::Assign { place, value: Expression::new(kind, element, span) };
        self.builder.open_block();
        self.push_counted(position, inner, Block(vec![Statement { kind: assign, span }]), span);
        let copy = self.builder.close_block();
        block.0.extend(copy.0);
        self.push_counted(counter, length, block, span);
        Ok(made)
    }
}

fn element_at(array: LocalId, position: u32, ty: Type, span: Span) -> Expression {
    let index = Box::new(Expression::number(f64::from(position), span));
    Expression::new(ExpressionKind::Element { array, index }, ty, span)
}

/// An index, rounded down.
fn floored(index: Expression) -> Expression {
    match index.kind {
        ExpressionKind::Literal(Literal::Number(number)) => Expression::number(number.floor(), index.span),
        _ => {
            let span = index.span;
            let kind = ExpressionKind::Builtin { builtin: Builtin::Floor, arguments: vec![index] };
            Expression::new(kind, Type::NUMBER, span)
        }
    }
}

/// Rows, as the builder knows them.
impl super::builder::FunctionBuilder {
    /// How many rows, of how many rows, an array has that is a local's value; none if it is an array of elements.
    pub(super) fn rows_of(&self, value: &Expression) -> Vec<u32> {
        match value.kind {
            ExpressionKind::Local(local) => self.rows(local).to_vec(),
            _ => Vec::new(),
        }
    }

    pub(super) fn set_rows_of(&mut self, value: &Expression, rows: Vec<u32>) {
        if let ExpressionKind::Local(local) = value.kind {
            self.set_rows(local, rows);
        }
    }

    /// The elements of an array that was just made of literals, or of nothing but zeros.
    fn literals_of(&self, value: &Expression, element: Type) -> Option<Vec<Expression>> {
        let (ExpressionKind::Local(array), Type::Array { length, .. }) = (&value.kind, value.ty) else {
            return None;
        };
        self.adoptable(value)?;
        let made = self.declaration_of(*array)?;
        let zero = match element {
            ty if ty.is_bool() => Expression::bool(false, value.span),
            ty if ty.is_vector() => {
                let zero = Box::new(Expression::number(0.0, value.span));
                Expression::new(ExpressionKind::Splat(zero), ty, value.span)
            }
            _ => Expression::number(0.0, value.span),
        };
        match made {
            None => Some(vec![zero; length as usize]),
            Some(Expression { kind: ExpressionKind::ArrayOf(elements), .. }) => {
                elements.iter().all(is_literal).then(|| elements.clone())
            }
            Some(_) => None,
        }
    }
}
