//! Syntax tree to typed IR: resolves names, infers types, spells out the order of evaluation.
//!
//! Every refusal is a [`Diagnostic`] with a place in the user's text. A statement that is refused does not stop the
//! next one from being checked, so that one compile finds several mistakes; a name whose declaration was refused
//! is remembered as such, so that its uses are not reported again.
//!
//! Nothing is skipped silently: each `match` over the syntax tree ends in a refusal.

mod aliases;
mod annotations;
mod arrays;
mod assign;
mod atomics;
mod blends;
mod builder;
mod calls;
mod chains;
mod conditionals;
mod constants;
mod expressions;
mod function_order;
mod functions;
mod guesses;
mod in_place;
mod lanes;
mod lists;
mod loops;
mod messages;
mod names;
mod objects;
mod operators;
mod places;
mod reads;
mod records;
mod references;
mod rows;
mod statements;
mod switch;
mod vectors;
mod writes;

use artifact::Interface;

use crate::collections::Map;
use crate::diagnostics::{Code, Diagnostic, Result, Span};
use crate::ir;
use crate::syntax::KernelSyntax;
use crate::syntax::tree::{Body, Statement};
use aliases::KernelName;
use builder::FunctionBuilder;
use constants::Table;
use functions::UserFunction;
use records::Record;
use references::Reference;
use writes::Writes;

/// Lowers a kernel.
///
/// # Errors
///
/// Everything that is wrong with it, in the order of the text.
pub(crate) fn lower<'a>(
    syntax: &'a KernelSyntax<'a>,
    constants: &'a [Statement<'a>],
    source: &'a str,
    interface: &'a Interface,
) -> Result<ir::Kernel> {
    let mut lowerer = Lowerer {
        source,
        interface,
        inputs: String::new(),
        parts: Map::new(),
        records: records::records_of(interface),
        aliases: Vec::new(),
        tables: Vec::new(),
        diagnostics: Vec::new(),
        refused: Vec::new(),
        functions: Vec::new(),
        function_names: Map::new(),
        finished: Vec::new(),
        kernel_names: Map::new(),
        builder: FunctionBuilder::new(None),
        writes: Writes::default(),
        callers: 0,
        in_place: Vec::new(),
        calls_in_place: 0,
        annotations: Vec::new(),
    };
    let entry = lowerer.lower_kernel(syntax, constants);
    lowerer.explain_refusals();
    let mut diagnostics = lowerer.diagnostics;
    match entry {
        Ok(entry) if diagnostics.is_empty() => Ok(ir::Kernel { functions: lowerer.finished, entry }),
        _ => {
            diagnostics.dedup();
            Err(diagnostics)
        }
    }
}

/// The mark of a part that was refused; its diagnostic has been reported.
#[derive(Clone, Copy, Debug)]
struct Reported;

/// The result of lowering a part.
type Lowered<T> = std::result::Result<T, Reported>;

/// The state of lowering one kernel.
struct Lowerer<'a> {
    source: &'a str,
    interface: &'a Interface,
    /// The name of the kernel's parameter; what it is called in messages, if it is a pattern.
    inputs: String,
    /// What names mean that the kernel and its functions see: its parameter, or that parameter's parts, constants that are handed in, and its own that functions looked at.
    parts: Map<&'a str, Reference>,
    /// The interface's buffers of objects.
    records: Map<String, Record>,
    /// What other names stand for that are no values, or objects.
    aliases: Vec<Reference>,
    /// Arrays that are handed in as constants.
    tables: Vec<Table<'a>>,
    diagnostics: Vec<Diagnostic>,
    /// Parts that were refused and skipped.
    refused: Vec<Span>,
    /// The functions that the kernel declares.
    functions: Vec<UserFunction<'a>>,
    /// The positions in `functions` of those that have names.
    function_names: Map<&'a str, usize>,
    /// The functions that are lowered, a callee before its callers.
    finished: Vec<ir::Function>,
    /// The variables declared at the top level of the kernel.
    kernel_names: Map<&'a str, KernelName<'a>>,
    /// The function being lowered.
    builder: FunctionBuilder,
    /// The assignments of that function, by name.
    writes: Writes<'a>,
    /// How many functions and constants are being lowered, each as the one before names it.
    callers: usize,
    /// The functions that are being lowered where they are called, each in the one before.
    in_place: Vec<usize>,
    calls_in_place: usize,
    /// Where expressions stand that only annotate a parameter: they are not code.
    annotations: Vec<Span>,
}

impl<'a> Lowerer<'a> {
    fn lower_kernel(
        &mut self,
        syntax: &'a KernelSyntax<'a>,
        constants: &'a [Statement<'a>],
    ) -> Lowered<ir::Function> {
        self.builder = FunctionBuilder::new(Some(syntax.head));
        self.kernel_parameter(syntax)?;
        self.declare_constants(constants, syntax.head);
        match syntax.body {
            Body::Statements(statements) => {
                self.writes = Writes::of(statements);
                let rest = self.declare_functions(statements);
                self.kernel_names = aliases::kernel_names(rest);
                self.hide_constants();
                self.lower_typed_functions();
                self.hoist_variables(rest);
                self.lower_statements(rest);
                self.lower_unused_functions();
            }
            Body::Expression(ref expression) => {
                let lowered = self.lower_effect(expression);
                self.note_refusal(lowered, syntax.head);
            }
        }
        let builder = std::mem::replace(&mut self.builder, FunctionBuilder::new(None));
        Ok(builder.finish("kernel".to_owned(), syntax.head))
    }

    /// Declares what the kernel's only parameter names: all of it, or parts.
    fn kernel_parameter(&mut self, syntax: &'a KernelSyntax<'a>) -> Lowered<()> {
        let parameters = &syntax.parameters;
        if let ([parameter], None) = (parameters.items, parameters.rest)
            && parameter.initializer.is_none()
        {
            let name = parameter.pattern.identifier();
            self.inputs = name.map_or("inputs".to_owned(), |identifier| identifier.name.to_string());
            return self.bind_parameter(&parameter.pattern);
        }
        let count = parameters.items.len() + usize::from(parameters.rest.is_some());
        let span = parameters.span;
        self.refuse(
            Diagnostic::new(Code::KernelParameter, span)
                .message(match count {
                    1 => "a kernel's parameter has no default value".to_owned(),
                    count => format!("a kernel takes exactly one parameter, this one has {count}"),
                })
                .note("buffers, uniforms, the thread id and the canvas are all reached through it")
                .help(
                    "write `(inputs) => { … }` and use `inputs.buffers`, `inputs.uniforms`, `inputs.threadId`",
                ),
        )
    }

    /// Adds a diagnostic, in the order of the source.
    fn report(&mut self, diagnostic: Diagnostic) {
        let place = self.diagnostics.partition_point(|earlier| earlier.span() <= diagnostic.span());
        self.diagnostics.insert(place, diagnostic);
    }

    /// Notes that a part was refused, if it was, and lets lowering continue behind it.
    fn note_refusal<T>(&mut self, lowered: Lowered<T>, span: Span) {
        if lowered.is_err() {
            self.refused.push(span);
        }
    }

    /// A refusal is in the diagnostics, though maybe by a later part; were it not, code would be skipped silently.
    fn explain_refusals(&mut self) {
        if let (Some(&span), []) = (self.refused.first(), &self.diagnostics[..]) {
            self.report(
                Diagnostic::new(Code::Internal, span)
                    .message("this was refused without a reason")
                    .help("this is a mistake in HPC.js: please report it with the kernel's text"),
            );
        }
    }

    /// Adds a diagnostic and returns [`Reported`].
    fn refuse<T>(&mut self, diagnostic: Diagnostic) -> Lowered<T> {
        self.report(diagnostic);
        Err(Reported)
    }

    /// The user's text at a place.
    fn text(&self, span: Span) -> &'a str {
        span.text(self.source)
    }
}
