//! Constants that are handed in with a kernel: literals under the names that it has for them, and tables.
//!
//! A table is an array of literals that is declared at the start of each function that indexes it by what is not known.

use super::names::Library;
use super::references::Reference;
use super::{Lowered, Lowerer, Reported};
use crate::diagnostics::{Code, Diagnostic, Span};
use crate::ir::{Expression, ExpressionKind, LocalId, Type};
use crate::syntax::tree::Statement;

/// A constant that is an array.
pub(super) struct Table<'a> {
    pub(super) name: &'a str,
    /// The elements, as one array value.
    pub(super) value: Expression,
    /// How many rows, of how many rows, it has; none unless it is an array of arrays.
    pub(super) rows: Vec<u32>,
}

/// Names that mean something in every kernel.
const TAKEN: [&str; 5] = ["Math", "Atomics", "NaN", "Infinity", "undefined"];

impl<'a> Lowerer<'a> {
    /// Makes the names known. What is wrong with one is told at the kernel's head: the user's text is elsewhere.
    pub(super) fn declare_constants(&mut self, constants: &'a [Statement<'a>], head: Span) {
        for statement in constants {
            let Statement::Variable(declaration) = statement else { continue };
            for declarator in declaration.declarations {
                let (Some(identifier), Some(init)) = (declarator.id.identifier(), &declarator.init) else {
                    continue;
                };
                let name = identifier.name;
                let reports = std::mem::take(&mut self.diagnostics);
                let value = self.lower_value(init).map(|value| {
                    let rows = self.builder.rows_of(&value);
                    (self.builder.reclaim(value), rows)
                });
                let wrong = std::mem::replace(&mut self.diagnostics, reports);
                let declared = match value {
                    Ok((value, rows)) => self.declare_handed_in(name, value, rows, head),
                    Err(Reported) => {
                        let why = wrong.into_iter().next().map(|wrong| wrong.message);
                        self.refuse(
                            Diagnostic::new(Code::Constant, head)
                                .message(format!("`{name}` is no constant: {}", why.unwrap_or_default()))
                                .help("hand in numbers, booleans, vectors and arrays of such"),
                        )
                    }
                };
                self.note_refusal(declared, head);
            }
        }
    }

    fn declare_handed_in(
        &mut self,
        name: &'a str,
        value: Expression,
        rows: Vec<u32>,
        head: Span,
    ) -> Lowered<()> {
        let is_library = Library::OF_VALUES.contains(&name);
        if is_library || TAKEN.contains(&name) || self.parts.contains_key(name) {
            let what = match () {
                () if is_library => "a name of the library",
                () if TAKEN.contains(&name) => "a name of JavaScript",
                () => "what the kernel calls its parameter, or a part of it",
            };
            return self.refuse(
                Diagnostic::new(Code::Constant, head)
                    .message(format!("the constant `{name}` cannot be handed in: that is {what}"))
                    .help("choose another name"),
            );
        }
        self.check_name(name, head)?;
        let reference = if matches!(value.ty, Type::Array { .. }) {
            self.tables.push(Table { name, value, rows });
            Reference::Table { table: self.tables.len() - 1, span: head }
        } else {
            Reference::Value(placed(value, head))
        };
        self.parts.insert(name, reference);
        Ok(())
    }

    /// Hides a constant behind what the kernel declares under its name.
    pub(super) fn hide_constants(&mut self) {
        for name in self.kernel_names.keys() {
            self.parts.remove(name);
        }
    }

    /// `table[index]`: the element itself where that is known.
    pub(super) fn table_element(&mut self, table: usize, index: Expression, span: Span) -> Reference {
        if !self.tables[table].rows.is_empty() {
            let array = self.table_local(table, span);
            return self.row(array, true, index, span);
        }
        if let ExpressionKind::ArrayOf(elements) = &self.tables[table].value.kind
            && let Some(position) = self.constant_value(&index)
            && position >= 0.0
            && let Some(element) = elements.get(position as usize)
        {
            return Reference::Value(placed(element.clone(), span));
        }
        let array = self.table_local(table, span);
        Reference::Element { array, constant: true, index, span }
    }

    /// The local of this function that holds a table.
    pub(super) fn table_local(&mut self, table: usize, span: Span) -> LocalId {
        if let Some(&(_, local)) = self.builder.tables.iter().find(|(known, _)| *known == table) {
            return local;
        }
        let Table { name, value, rows } = &self.tables[table];
        let value = placed(value.clone(), span);
        let local = self.builder.add_table(table, name, value);
        self.builder.set_rows(local, rows.clone());
        local
    }
}

/// Whether a value is put together from literals.
pub(super) fn is_literal(value: &Expression) -> bool {
    match &value.kind {
        ExpressionKind::Literal(_) => true,
        ExpressionKind::Splat(_) | ExpressionKind::Compose(_) => value.operands().into_iter().all(is_literal),
        _ => false,
    }
}

/// A value of literals as it stands at a place of the user's text.
fn placed(mut value: Expression, span: Span) -> Expression {
    place(&mut value, span);
    value
}

fn place(value: &mut Expression, span: Span) {
    value.span = span;
    value.operands_mut().into_iter().for_each(|operand| place(operand, span));
}
