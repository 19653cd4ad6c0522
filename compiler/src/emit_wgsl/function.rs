//! One function: its head, its parameters, and its last return.

use super::Module;
use super::helpers::Helpers;
use super::names::Namer;
use super::text::{INDENT, type_text, zero};
use crate::analysis::mentions::Mentions;
use crate::ir::{Block, Function, Statement, StatementKind};
use crate::tuning::Tile;

/// Writes one function.
pub(super) struct FunctionWriter<'a> {
    pub(super) module: Module<'a>,
    pub(super) function: &'a Function,
    pub(super) helpers: &'a mut Helpers,
    /// What each local is called.
    pub(super) locals: Vec<String>,
    /// The loop whose loads are shared, while its body is written.
    pub(super) tile: Option<Tile>,
    /// Whether literals are hidden from the WGSL compiler, as it would compute what they stand in.
    pub(super) hides_constants: bool,
    /// Where each local is named.
    pub(super) mentions: Mentions,
    namer: Namer<'a>,
    text: String,
    depth: usize,
}

impl<'a> FunctionWriter<'a> {
    pub(super) fn new(module: Module<'a>, function: &'a Function, helpers: &'a mut Helpers) -> Self {
        let (locals, namer) = module.names.locals(function);
        let (text, depth) = (String::new(), 1);
        let mentions = Mentions::of(function);
        let (tile, hides_constants) = (None, false);
        Self { module, function, helpers, locals, tile, hides_constants, mentions, namer, text, depth }
    }

    /// The whole function.
    pub(super) fn function(mut self, name: &str) -> String {
        let parameters = self.parameters();
        let result = self.function.result.map_or(String::new(), |ty| format!(" -> {}", type_text(ty)));
        let body = self.body();
        format!("fn {name}({parameters}){result} {{\n{body}}}\n")
    }

    /// The statements only.
    pub(super) fn body(mut self) -> String {
        self.block(&self.function.body);
        if let Some(result) = self.function.result.filter(|_| !visibly_returns(&self.function.body)) {
            // Never reached, but WGSL does not see that.
            self.line(&format!("return {};", zero(result)));
        }
        self.text
    }

    /// A free name.
    pub(super) fn claim(&mut self, wanted: &str) -> String {
        self.namer.claim(wanted)
    }

    /// What has been written.
    pub(super) fn into_text(self) -> String {
        self.text
    }

    /// Parameters are constant in WGSL, so one that is set is copied to a variable.
    fn parameters(&mut self) -> String {
        let mut declared = Vec::new();
        for &parameter in &self.function.parameters {
            let local = self.function.local(parameter);
            let mut name = self.local(parameter).to_owned();
            if local.mutable {
                let passed = self.namer.claim(&format!("hpc__{name}"));
                self.line(&format!("var {name} = {passed};"));
                name = passed;
            }
            declared.push(format!("{name}: {}", type_text(local.ty)));
        }
        declared.join(", ")
    }

    pub(super) fn line(&mut self, line: &str) {
        for _ in 0..self.depth {
            self.text += INDENT;
        }
        self.text += line;
        self.text.push('\n');
    }

    /// Writes what `write` writes one step to the right.
    pub(super) fn indented(&mut self, write: impl FnOnce(&mut Self)) {
        self.depth += 1;
        write(self);
        self.depth -= 1;
    }
}

/// Whether WGSL's own analysis, which looks at the shape only, sees that a block returns.
fn visibly_returns(block: &Block) -> bool {
    let end = block.0.iter().position(ends).unwrap_or(block.0.len().saturating_sub(1));
    let Some(last) = block.0.get(end) else { return false };
    match &last.kind {
        StatementKind::Return(_) => true,
        StatementKind::If { accept, reject, .. } => visibly_returns(accept) && visibly_returns(reject),
        StatementKind::Scope { label, body } => visibly_returns(body) && !body.breaks(*label),
        StatementKind::Switch { label, cases, default, .. } => cases
            .iter()
            .map(|case| &case.body)
            .chain(std::iter::once(default))
            .all(|block| visibly_returns(block) && !block.breaks(*label)),
        _ => false,
    }
}

/// Whether nothing may follow a statement in its block.
pub(super) fn ends(statement: &Statement) -> bool {
    matches!(statement.kind, StatementKind::Return(_) | StatementKind::Break(_) | StatementKind::Continue(_))
}
