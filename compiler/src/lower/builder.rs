//! The function being built: its locals, scopes, labels, and the blocks under construction.

use crate::collections::Map;

use super::references::Reference;
use crate::diagnostics::Span;
use crate::ir::{
    Block, Effects, Expression, ExpressionKind, Function, LabelId, Local, LocalId, Place, Statement,
    StatementKind, Type,
};

/// A function under construction.
pub(super) struct FunctionBuilder {
    locals: Vec<LocalSlot>,
    scopes: Vec<Map<String, Binding>>,
    blocks: Vec<Vec<Statement>>,
    pub(super) targets: Vec<Target>,
    labels: u32,
    pub(super) parameters: Vec<LocalId>,
    /// The tables that the function uses, and their locals.
    pub(super) tables: Vec<(usize, LocalId)>,
    /// The arrays of literals that are indexed where they are written, and their locals.
    pub(super) lists: Vec<(Span, LocalId)>,
    /// Whether this is the kernel itself, whatever is lowered in it.
    is_kernel: bool,
    /// What declares them, in front of all else.
    preamble: Vec<Statement>,
    /// The type of the returned value, once a `return` has shown it, and where it did.
    pub(super) result: Option<(Option<Type>, Span)>,
    pub(super) effects: Effects,
    /// Whether it returns an object.
    pub(super) returns_object: bool,
    /// How deep the expression being lowered is nested.
    pub(super) depth: usize,
    /// How many levels of operations the values have that were lowered since this was last set.
    pub(super) levels: usize,
    /// Whether what an array is filled with is being lowered, once for each element.
    pub(super) is_filling: bool,
    /// Where the kernel's head stands, if this is the kernel itself.
    pub(super) entry: Option<Span>,
    /// Where a `return` leads, if a function is being lowered where it is called.
    pub(super) in_place: Option<InPlace>,
}

/// What becomes of a `return` in a function that is lowered where it is called.
#[derive(Clone, Debug)]
pub(super) struct InPlace {
    /// The scope that it leaves.
    pub(super) label: LabelId,
    /// What holds the value.
    pub(super) local: LocalId,
    /// What holds the object that it returns, once a `return` has shown it.
    pub(super) object: Option<Reference>,
}

/// What a function that was lowered in another one returns: a value, an object or nothing.
pub(super) struct Returned {
    pub(super) ty: Option<Type>,
    pub(super) object: Option<Reference>,
}

/// What a function knows that another one does not, which is lowered in it.
pub(super) struct Outer {
    scopes: Vec<Map<String, Binding>>,
    targets: Vec<Target>,
    result: Option<(Option<Type>, Span)>,
    entry: Option<Span>,
    in_place: Option<InPlace>,
}

/// A local whose type may not be known yet.
struct LocalSlot {
    name: String,
    ty: Option<Type>,
    span: Span,
    temporary: bool,
    /// The value of a `const` that is a compile-time number.
    constant: Option<f64>,
    /// Whether it is what a `const` names.
    is_constant: bool,
    /// Whether it holds literals that no variable of the kernel names.
    is_literal: bool,
    /// How many rows, of how many rows, it has; none unless it is an array of arrays.
    rows: Vec<u32>,
}

/// What a name stands for.
#[derive(Clone, Debug)]
pub(super) struct Binding {
    pub(super) kind: BindingKind,
    /// Where it was declared.
    pub(super) span: Span,
}

/// How a name was declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BindingKind {
    /// `let`, `var` or a parameter.
    Variable(LocalId),
    /// `const`.
    Constant(LocalId),
    /// Declared further down in this block.
    NotYet,
    /// `let` or `const` in a case of a switch, whose local is declared before the switch.
    Hoisted { local: LocalId, constant: bool },
    /// What is no value: its place among the aliases.
    Alias(usize),
    /// Its declaration was refused.
    Poisoned,
}

/// Something that `break` or `continue` can leave.
pub(super) struct Target {
    pub(super) label: LabelId,
    pub(super) names: Vec<String>,
    pub(super) kind: TargetKind,
}

/// What a target is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TargetKind {
    Loop,
    Switch,
    Block,
}

impl FunctionBuilder {
    pub(super) fn new(entry: Option<Span>) -> Self {
        Self {
            locals: Vec::new(),
            scopes: vec![Map::new()],
            blocks: vec![Vec::new()],
            targets: Vec::new(),
            labels: 0,
            parameters: Vec::new(),
            tables: Vec::new(),
            lists: Vec::new(),
            is_kernel: entry.is_some(),
            preamble: Vec::new(),
            result: None,
            effects: Effects::default(),
            returns_object: false,
            depth: 0,
            levels: 0,
            is_filling: false,
            entry,
            in_place: None,
        }
    }

    /// The function, once its body is complete.
    pub(super) fn finish(mut self, name: String, span: Span) -> Function {
        let mut body = Block(self.preamble);
        body.0.append(&mut self.blocks.pop().unwrap_or_default());
        drop_unreachable(&mut body);
        let mut locals: Vec<Local> = self
            .locals
            .into_iter()
            // A variable that is never assigned is never read either; its type does not matter.
            .map(|slot| Local {
                name: slot.name,
                ty: slot.ty.unwrap_or(Type::NUMBER),
                span: slot.span,
                mutable: false,
            })
            .collect();
        body.walk(&mut |statement| {
            if let StatementKind::Assign { place, .. } = &statement.kind
                && let Place::Local(local)
                | Place::Component { local, .. }
                | Place::Element { array: local, .. } = place
            {
                locals[local.0 as usize].mutable = true;
            }
        });
        let result = self.result.and_then(|(ty, _)| ty);
        Function { name, span, parameters: self.parameters, result, locals, body, effects: self.effects }
    }

    /// Begins a function that is lowered in this one.
    pub(super) fn enter(&mut self, in_place: InPlace) -> Outer {
        Outer {
            scopes: std::mem::replace(&mut self.scopes, vec![Map::new()]),
            targets: std::mem::take(&mut self.targets),
            result: self.result.take(),
            entry: self.entry.take(),
            in_place: self.in_place.replace(in_place),
        }
    }

    /// Ends it, and gives what it returns.
    pub(super) fn leave(&mut self, outer: Outer) -> Returned {
        let Outer { scopes, targets, result, entry, in_place } = outer;
        (self.scopes, self.targets, self.entry) = (scopes, targets, entry);
        let object = std::mem::replace(&mut self.in_place, in_place).and_then(|inner| inner.object);
        Returned { ty: std::mem::replace(&mut self.result, result).and_then(|(ty, _)| ty), object }
    }

    // Locals

    /// A new local for a name that the user gave.
    pub(super) fn add_local(&mut self, name: &str, ty: Option<Type>, span: Span) -> LocalId {
        let slot = LocalSlot {
            name: name.to_owned(),
            ty,
            span,
            temporary: false,
            constant: None,
            is_constant: false,
            is_literal: false,
            rows: Vec::new(),
        };
        self.locals.push(slot);
        LocalId(self.locals.len() as u32 - 1)
    }

    /// A new local that the user does not know of.
    pub(super) fn add_temporary(&mut self, hint: &str, ty: Type, span: Span) -> LocalId {
        let local = self.add_local(hint, Some(ty), span);
        self.locals[local.0 as usize].temporary = true;
        local
    }

    /// A local for what an element was before it is changed: it is never set again, and no variable takes it over.
    pub(super) fn add_old(&mut self, span: Span) -> LocalId {
        let local = self.add_local("old", Some(Type::NUMBER), span);
        self.locals[local.0 as usize].is_constant = true;
        local
    }

    /// Lets a variable take over a local that the user does not know of.
    pub(super) fn mark_temporary(&mut self, local: LocalId) {
        self.locals[local.0 as usize].temporary = true;
    }

    /// Whether a local is what a `const` names.
    pub(super) fn is_constant(&self, local: LocalId) -> bool {
        self.locals[local.0 as usize].is_constant
    }

    /// Whether a local holds literals that no variable of the kernel names.
    pub(super) fn is_literal(&self, local: LocalId) -> bool {
        self.locals[local.0 as usize].is_literal
    }

    /// Whether the function keeps tables, which it would put together in every call.
    pub(super) fn has_tables(&self) -> bool {
        !self.is_kernel && !self.preamble.is_empty()
    }

    /// A local that holds a table of literals from the start of the function on.
    pub(super) fn add_table(&mut self, table: usize, name: &str, value: Expression) -> LocalId {
        let local = self.add_literal(name, value);
        self.tables.push((table, local));
        local
    }

    /// A local that holds literals from the start of the function on.
    pub(super) fn add_literal(&mut self, name: &str, value: Expression) -> LocalId {
        let (ty, span) = (value.ty, value.span);
        let local = self.add_local(name, Some(ty), span);
        let slot = &mut self.locals[local.0 as usize];
        (slot.is_constant, slot.is_literal) = (true, true);
        self.preamble.push(Statement { kind: StatementKind::Declare { local, value: Some(value) }, span });
        local
    }

    pub(super) fn local_type(&self, local: LocalId) -> Option<Type> {
        self.locals[local.0 as usize].ty
    }

    pub(super) fn local_name(&self, local: LocalId) -> &str {
        &self.locals[local.0 as usize].name
    }

    pub(super) fn set_type(&mut self, local: LocalId, ty: Type) {
        self.locals[local.0 as usize].ty = Some(ty);
    }

    pub(super) fn rows(&self, array: LocalId) -> &[u32] {
        &self.locals[array.0 as usize].rows
    }

    pub(super) fn set_rows(&mut self, array: LocalId, rows: Vec<u32>) {
        self.locals[array.0 as usize].rows = rows;
    }

    /// The value that a temporary is declared with, if nothing but declarations follow in this block.
    pub(super) fn declaration_of(&self, local: LocalId) -> Option<Option<&Expression>> {
        let block = self.blocks.last()?;
        for statement in block.iter().rev() {
            match &statement.kind {
                StatementKind::Declare { local: declared, value } if *declared == local => {
                    return Some(value.as_ref());
                }
                StatementKind::Declare { .. } => {}
                _ => return None,
            }
        }
        None
    }

    /// Takes back the declaration of a temporary.
    pub(super) fn forget(&mut self, value: &Expression) {
        let Some(temporary) = self.adoptable(value) else { return };
        let block = self.blocks.last_mut().expect("a block is open");
        let is_it = |statement: &Statement| matches!(statement.kind, StatementKind::Declare { local, .. } if local == temporary);
        if let Some(position) = block.iter().rposition(is_it) {
            block.remove(position);
        }
    }

    pub(super) fn set_constant(&mut self, local: LocalId, value: f64) {
        self.locals[local.0 as usize].constant = Some(value);
    }

    /// Says that nothing changes a local.
    pub(super) fn set_is_constant(&mut self, local: LocalId) {
        self.locals[local.0 as usize].is_constant = true;
    }

    pub(super) fn constant(&self, local: LocalId) -> Option<f64> {
        self.locals[local.0 as usize].constant
    }

    /// Stores `value` in a new temporary at the end of the current block, and gives its value.
    pub(super) fn temporary(&mut self, hint: &str, value: Expression) -> Expression {
        let (ty, span) = (value.ty, value.span);
        let local = self.add_temporary(hint, ty, span);
        self.locals[local.0 as usize].rows = self.rows_of(&value);
        self.push(StatementKind::Declare { local, value: Some(value) }, span);
        Expression::new(ExpressionKind::Local(local), ty, span)
    }

    /// The temporary that `value` is nothing but the value of: a variable can take it over instead of copying it.
    pub(super) fn adoptable(&self, value: &Expression) -> Option<LocalId> {
        match value.kind {
            ExpressionKind::Local(local) if self.locals[local.0 as usize].temporary => Some(local),
            _ => None,
        }
    }

    /// Makes a temporary the local of a name that the user gave.
    pub(super) fn adopt(&mut self, local: LocalId, name: &str, span: Span) {
        let slot = &mut self.locals[local.0 as usize];
        slot.name = name.to_owned();
        slot.span = span;
        slot.temporary = false;
    }

    /// If `value` is a temporary that the last statement declares, takes that statement back and gives what it stored.
    pub(super) fn reclaim(&mut self, value: Expression) -> Expression {
        let Some(temporary) = self.adoptable(&value) else { return value };
        let block = self.blocks.last_mut().expect("a block is open");
        match block.last_mut() {
            Some(Statement { kind: StatementKind::Declare { local, value: Some(stored) }, .. })
                if *local == temporary =>
            {
                let stored = std::mem::replace(stored, value);
                block.pop();
                stored
            }
            _ => value,
        }
    }

    // Order of evaluation

    /// Whether later statements cannot change the value.
    pub(super) fn is_stable(&self, value: &Expression) -> bool {
        match &value.kind {
            ExpressionKind::Local(local) => {
                let slot = &self.locals[local.0 as usize];
                slot.temporary || slot.is_constant
            }
            ExpressionKind::Load { .. } | ExpressionKind::Element { .. } | ExpressionKind::Call { .. } => {
                false
            }
            _ => value.operands().into_iter().all(|operand| self.is_stable(operand)),
        }
    }

    /// How many statements the current block has: a position to pin values at.
    pub(super) fn mark(&self) -> usize {
        self.blocks.last().map_or(0, Vec::len)
    }

    /// Makes sure that `value`, computed when the block had `mark` statements, is what it was then, by storing it in
    /// a temporary at that position if statements were added since that could change it.
    pub(super) fn pin(&mut self, value: &mut Expression, mark: &mut usize) {
        if self.mark() == *mark || self.is_stable(value) {
            return;
        }
        let (ty, span) = (value.ty, value.span);
        let local = self.add_temporary("value", ty, span);
        self.locals[local.0 as usize].rows = self.rows_of(value);
        let pinned = Expression::new(ExpressionKind::Local(local), ty, span);
        let stored = std::mem::replace(value, pinned);
        let declare = Statement { kind: StatementKind::Declare { local, value: Some(stored) }, span };
        self.blocks.last_mut().expect("a block is open").insert(*mark, declare);
        *mark += 1;
    }

    // Statements and blocks

    pub(super) fn push(&mut self, kind: StatementKind, span: Span) {
        self.blocks.last_mut().expect("a block is open").push(Statement { kind, span });
    }

    /// Adds a declaration at the start of the function.
    pub(super) fn push_first(&mut self, kind: StatementKind, span: Span) {
        self.preamble.push(Statement { kind, span });
    }

    pub(super) fn open_block(&mut self) {
        self.blocks.push(Vec::new());
    }

    pub(super) fn close_block(&mut self) -> Block {
        let mut block = Block(self.blocks.pop().expect("a block is open"));
        drop_unreachable(&mut block);
        block
    }

    /// Adds the statements of `block` to the current one.
    pub(super) fn splice(&mut self, block: Block) {
        self.blocks.last_mut().expect("a block is open").extend(block.0);
    }

    pub(super) fn new_label(&mut self) -> LabelId {
        self.labels += 1;
        LabelId(self.labels - 1)
    }

    // Names

    /// Whether the innermost scope is that of the function.
    pub(super) fn is_outermost(&self) -> bool {
        self.scopes.len() == 1
    }

    pub(super) fn open_scope(&mut self) {
        self.scopes.push(Map::new());
    }

    pub(super) fn close_scope(&mut self) {
        self.scopes.pop();
    }

    pub(super) fn lookup(&self, name: &str) -> Option<&Binding> {
        self.scopes.iter().rev().find_map(|scope| scope.get(name))
    }

    /// What the innermost scope knows by `name`.
    pub(super) fn lookup_here(&self, name: &str) -> Option<&Binding> {
        self.scopes.last().and_then(|scope| scope.get(name))
    }

    pub(super) fn bind(&mut self, name: &str, kind: BindingKind, span: Span) {
        if let BindingKind::Constant(local) = kind {
            self.set_is_constant(local);
        }
        self.scopes.last_mut().expect("a scope is open").insert(name.to_owned(), Binding { kind, span });
    }

    /// Makes the variables of the innermost scope unusable again. The cases of a switch share a scope, but control that
    /// enters one case has not passed the declarations of another.
    pub(super) fn conceal_declared(&mut self) {
        for (_, binding) in self.scopes.last_mut().expect("a scope is open") {
            let is_declared = matches!(
                binding.kind,
                BindingKind::Variable(_) | BindingKind::Constant(_) | BindingKind::Alias(_)
            );
            if is_declared {
                binding.kind = BindingKind::NotYet;
            }
        }
    }

    /// Binds in the function's own scope, where `var` lives.
    pub(super) fn bind_in_function(&mut self, name: &str, kind: BindingKind, span: Span) {
        self.scopes[0].insert(name.to_owned(), Binding { kind, span });
    }

    pub(super) fn lookup_in_function(&self, name: &str) -> Option<&Binding> {
        self.scopes[0].get(name)
    }

    /// Every name in scope, for suggestions.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.scopes.iter().flat_map(|scope| scope.keys().map(String::as_str))
    }
}

/// Drops the statements behind one that never lets control through.
fn drop_unreachable(block: &mut Block) {
    if let Some(position) = block.0.iter().position(|statement| {
        matches!(
            statement.kind,
            StatementKind::Break(_) | StatementKind::Continue(_) | StatementKind::Return(_)
        )
    }) {
        block.0.truncate(position + 1);
    }
}
