//! A whole program: compiles those of its kernels whose interfaces are known before it runs.
//!
//! What is read of the program need not be right for the artifacts to be safe: the runtime compares the interface that an artifact
//! was compiled for with the one it is to run on.

mod constants;
mod extract;
mod interface;
mod names;
mod types;

use artifact::{Artifact, Interface};
use oxc_allocator::Allocator;
use oxc_ast::ast::{CallExpression, Expression};
use oxc_ast_visit::{Visit, walk};
use oxc_parser::Parser;
use oxc_span::{GetSpan, SourceType};

use crate::diagnostics::{Diagnostic, Result, Span};
pub use constants::ProgramConstant;
pub use extract::{FoundKernel, find_kernels};
use interface::interface_of;
use names::Names;

/// What was made of a program.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CompiledProgram {
    /// The kernels that were compiled, in the order of their `createKernel` calls.
    pub kernels: Vec<ProgramKernel>,
    /// The calls whose kernels can be compiled only when the program runs.
    pub unknown: Vec<Unknown>,
    /// Everything that is wrong with kernels, at its place in the program.
    pub mistakes: Vec<Diagnostic>,
}

/// A kernel of a program, compiled for every backend.
#[derive(Clone, Debug, PartialEq)]
pub struct ProgramKernel {
    /// Where the argument of `createKernel` stands: the function or its name.
    pub argument: Span,
    /// Where the object stands that the interface's constructor is given, if it is given one.
    pub spec: Option<Span>,
    /// The constants that it is handed.
    pub given: Vec<ProgramConstant>,
    /// The constants of the file that it names besides.
    pub seen: Vec<ProgramConstant>,
    /// The shader.
    pub gpu: Artifact,
    /// The WebAssembly.
    pub cpu: Artifact,
}

/// What is not known before the program runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// Where it stands.
    pub span: Span,
    /// What it is, in a sentence.
    pub message: String,
}

/// Compiles the kernels of a program. `path` is the name of its file, whose extension tells the language.
///
/// A program that does not import `hpc.js` has none, nor has one with syntax errors: whoever else reads it will say so.
pub fn compile_program(program: &str, path: &str) -> CompiledProgram {
    let allocator = Allocator::default();
    let language = SourceType::from_path(path).unwrap_or_else(|_| SourceType::ts()).with_module(true);
    let parsed = Parser::new(&allocator, program, language).parse();
    let names = Names::of(&parsed.program);
    let mut compiled = CompiledProgram::default();
    if !parsed.diagnostics.is_empty() || !names.knows_library() {
        return compiled;
    }
    let mut calls = Calls { names: &names, program, found: Vec::new() };
    calls.visit_program(&parsed.program);
    for call in calls.found {
        match call {
            Ok(call) => match compile_call(call, program) {
                Ok(kernel) => compiled.kernels.push(kernel),
                Err(mistakes) => compiled.mistakes.extend(mistakes),
            },
            Err(unknown) => compiled.unknown.push(unknown),
        }
    }
    compiled
}

/// A call of `createKernel` of which all is known.
struct Call {
    argument: Span,
    function: Span,
    spec: Option<Span>,
    interface: Interface,
    given: Vec<ProgramConstant>,
    seen: Vec<ProgramConstant>,
}

fn compile_call(call: Call, program: &str) -> Result<ProgramKernel> {
    let source = constants::behind(call.function.text(program), call.given.iter().chain(&call.seen));
    let compile = |using_cpu| -> Result<Artifact> {
        let interface = Interface { using_cpu, ..call.interface.clone() };
        let moved = |mistakes: Vec<Diagnostic>| {
            mistakes.into_iter().map(|mistake| mistake.moved(call.function.start)).collect::<Vec<_>>()
        };
        let mut artifact = crate::compile(&source, &interface).map_err(moved)?;
        // It quotes the program, which bundles are to be without.
        artifact.explanation = String::new();
        Ok(artifact)
    };
    let (gpu, cpu) = (compile(false)?, compile(true)?);
    let Call { argument, spec, given, seen, .. } = call;
    Ok(ProgramKernel { argument, spec, given, seen, gpu, cpu })
}

/// The calls of `createKernel`, in order.
struct Calls<'n, 'a> {
    names: &'n Names<'a>,
    program: &'n str,
    found: Vec<std::result::Result<Call, Unknown>>,
}

impl<'a> Visit<'a> for Calls<'_, 'a> {
    fn visit_call_expression(&mut self, call: &CallExpression<'a>) {
        let callee = call.callee.get_inner_expression().get_member_expr();
        if let Some(callee) = callee.filter(|callee| callee.static_property_name() == Some("createKernel"))
            && let Some(argument) = call.arguments.first().and_then(|argument| argument.as_expression())
        {
            let options = call.arguments.get(1).and_then(|options| options.as_expression());
            let options = options.map(|options| self.alloc(options));
            let known = self.known(self.alloc(callee.object()), self.alloc(argument), options);
            self.found.push(known);
        }
        walk::walk_call_expression(self, call);
    }
}

impl<'a> Calls<'_, 'a> {
    fn known(
        &self,
        gpu: &'a Expression<'a>,
        argument: &'a Expression<'a>,
        options: Option<&'a Expression<'a>>,
    ) -> std::result::Result<Call, Unknown> {
        let function = self.names.function(argument).ok_or_else(|| Unknown {
            span: span(argument),
            message: "the kernel is not a function of this file".into(),
        })?;
        let (interface, spec) = interface_of(gpu, self.names)?;
        let given = constants::given(options, self.names)?;
        let seen = constants::seen(function, self.program, self.names, &given);
        Ok(Call { argument: span(argument), function, spec, interface, given, seen })
    }
}

fn span(node: &impl GetSpan) -> Span {
    let oxc_span::Span { start, end, .. } = node.span();
    Span { start, end }
}

#[cfg(test)]
mod tests;
