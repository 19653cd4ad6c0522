//! What is there of arrays, tables and buffers without indexing them: their lengths, loops over their elements, and lists that are indexed
//! where they are written.

use super::aliases::Declared;
use super::builder::{Target, TargetKind};
use super::constants::is_literal;
use super::expressions::{binary, compare};
use super::references::{Reference, take};
use super::{Lowered, Lowerer};
use crate::diagnostics::{Code, Diagnostic, Span};
use crate::ir::{
    BinaryOp, Block, Expression, ExpressionKind, Place, Statement, StatementKind, TestPosition, Type,
};
use crate::syntax::tree::{Array, Expression as Syntax, ForOf};

impl<'a> Lowerer<'a> {
    /// How many elements or rows a list has; nothing of what is no list.
    pub(super) fn length_of(&self, list: &Reference) -> Option<u32> {
        let of_array = |ty: Option<Type>| match ty {
            Some(Type::Array { length, .. }) => Some(length),
            _ => None,
        };
        match list {
            Reference::Local { local, .. } => {
                let rows = self.builder.rows(*local).first().copied();
                rows.or_else(|| of_array(self.builder.local_type(*local)))
            }
            Reference::Value(value) => {
                let rows = self.builder.rows_of(value).first().copied();
                rows.or_else(|| of_array(Some(value.ty)))
            }
            Reference::Row { row, .. } => self.extents_of_array(row.array).get(row.level).copied(),
            Reference::Table { table, .. } => {
                let table = &self.tables[*table];
                table.rows.first().copied().or_else(|| of_array(Some(table.value.ty)))
            }
            Reference::UniformArray { uniform, .. } => {
                Some(self.interface.uniforms[*uniform].ty.components() as u32)
            }
            Reference::Buffer { buffer, index, .. } => {
                self.interface.buffers[*buffer].size.get(index.len()).copied()
            }
            Reference::Record(record) if !record.is_object() => self.length_of(&record.any_leaf()),
            _ => None,
        }
    }

    /// [`Self::length_of`] as a value. That of a resizable buffer is known when the kernel runs.
    pub(super) fn length_value(&self, list: &Reference, span: Span) -> Option<Expression> {
        let leaf = match list {
            Reference::Record(record) if !record.is_object() => record.any_leaf(),
            list => list.clone(),
        };
        match leaf {
            Reference::Buffer { buffer, index, .. } => {
                self.extents_behind(buffer, index.len(), span).into_iter().next()
            }
            leaf => self.length_of(&leaf).map(|length| Expression::number(f64::from(length), span)),
        }
    }

    /// The extents of a buffer that are left behind so many indices.
    pub(super) fn extents_behind(&self, buffer: usize, depth: usize, span: Span) -> Vec<Expression> {
        let size = &self.interface.buffers[buffer].size;
        let extents = size.get(depth..).unwrap_or_default().iter();
        match self.interface.extents_of(buffer) {
            None => extents.map(|&extent| Expression::number(f64::from(extent), span)).collect(),
            Some(uniform) => {
                let ty = self.interface.uniforms[uniform].ty.into();
                let all = Expression::new(ExpressionKind::Uniform(uniform), ty, span);
                (depth..size.len()).map(|axis| take(all.clone(), &[axis as u8], span)).collect()
            }
        }
    }

    /// `[elements]`, which is there only to be indexed or gone through.
    pub(super) fn lower_list_literal(&mut self, list: &'a Array<'a>) -> Lowered<Reference> {
        let elements = self.array_elements(list)?;
        Ok(match self.array_of(&elements, list.span)? {
            Reference::Value(value) => Reference::Value(self.made_once(value)),
            objects => objects,
        })
    }

    /// An array that was just made: one of literals is made at the start of the function, once.
    pub(super) fn made_once(&mut self, value: Expression) -> Expression {
        if !matches!(value.ty, Type::Array { .. }) {
            return value;
        }
        let rows = self.builder.rows_of(&value);
        let value = self.builder.reclaim(value);
        let (ty, span) = (value.ty, value.span);
        match &value.kind {
            ExpressionKind::ArrayOf(elements) if elements.iter().all(is_literal) => {
                let known =
                    self.builder.lists.iter().find(|(place, _)| *place == span).map(|(_, local)| *local);
                let local = known.unwrap_or_else(|| {
                    let local = self.builder.add_literal("table", value);
                    self.builder.set_rows(local, rows);
                    self.builder.lists.push((span, local));
                    local
                });
                Expression::new(ExpressionKind::Local(local), ty, span)
            }
            ExpressionKind::ArrayOf(_) => {
                let made = self.builder.temporary("array", value);
                self.builder.set_rows_of(&made, rows);
                made
            }
            _ => value,
        }
    }

    /// `for (const element of list) body`
    pub(super) fn lower_for_of(
        &mut self,
        repeat: &'a ForOf<'a>,
        names: Vec<String>,
        span: Span,
    ) -> Lowered<()> {
        let list = match &repeat.right {
            Syntax::Array(list) => self.lower_list_literal(list)?,
            right => self.lower_part(right)?,
        };
        let Some(end) = self.length_value(&list, span) else {
            let what = self.describe(&list);
            return self.refuse(
                Diagnostic::new(Code::TypeMismatch, repeat.right.span())
                    .message(format!("{what} is nothing that `for … of` goes through"))
                    .help("go through an array, a buffer or one of its rows, or count: `for (let i = 0; i < n; i++)`"),
            );
        };
        let counter = self.builder.add_temporary("position", Type::NUMBER, span);
        let zero = Expression::number(0.0, span);
        self.builder.push(StatementKind::Declare { local: counter, value: Some(zero) }, span);
        let position = Expression::new(ExpressionKind::Local(counter), Type::NUMBER, span);
        let label = self.builder.new_label();
        self.builder.targets.push(Target { label, names, kind: TargetKind::Loop });
        let body = self.for_of_body(repeat, list, position.clone());
        self.builder.targets.pop();
        let condition = Some(compare(BinaryOp::Less, position.clone(), end));
        let next = binary(BinaryOp::Add, position, Expression::number(1.0, span), Type::NUMBER, span);
        let step = StatementKind::Assign { place: Place::Local(counter), value: next };
        let update = Block(vec![Statement { kind: step, span }]);
        let (test, prelude) = (TestPosition::First, Block::default());
        self.builder.push(StatementKind::Loop { label, test, prelude, condition, body, update }, span);
        Ok(())
    }

    fn for_of_body(&mut self, repeat: &'a ForOf<'a>, list: Reference, position: Expression) -> Block {
        self.builder.open_block();
        self.builder.open_scope();
        let element = self.index(list, position, repeat.id.span());
        let declared = element
            .and_then(|element| self.bind_pattern(&repeat.id, element, Declared::Variable(repeat.kind)));
        if declared.is_err() {
            self.note_refusal(declared, repeat.id.span());
            self.poison(&repeat.id);
        }
        let body = self.lower_inner(&repeat.body);
        self.builder.splice(body);
        self.builder.close_scope();
        self.builder.close_block()
    }
}
