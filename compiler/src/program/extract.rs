//! Finds the kernels of a JavaScript or TypeScript program: the functions that it passes to `createKernel`.

use oxc_allocator::Allocator;
use oxc_ast::ast::{Argument, CallExpression, Expression, Function, VariableDeclarator};
use oxc_ast_visit::{Visit, walk};
use oxc_parser::Parser;
use oxc_span::{GetSpan, SourceType};
use oxc_syntax::scope::ScopeFlags;

use crate::diagnostics::Span;

/// A kernel found in a program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundKernel {
    /// The variable that the kernel is stored in, or the name of the function that is passed; empty if neither is there.
    pub name: String,
    /// Where the function stands in the program.
    pub span: Span,
    /// The text of the function, as its `toString()` would give it.
    pub source: String,
}

/// The kernels of a program in the order of their `createKernel` calls.
///
/// A kernel is a function written as the argument of `createKernel(…)`, or one that is declared under the name that is passed.
/// A program with syntax errors has none that can be trusted: the list then ends where the parser stopped.
pub fn find_kernels(program: &str) -> Vec<FoundKernel> {
    let allocator = Allocator::default();
    let parsed = Parser::new(&allocator, program, SourceType::ts().with_module(true)).parse();
    let mut finder = Finder { program, variable: None, functions: Vec::new(), found: Vec::new() };
    finder.visit_program(&parsed.program);
    let Finder { functions, mut found, .. } = finder;
    found.retain_mut(|kernel| kernel.resolve(program, &functions));
    found.into_iter().map(|kernel| kernel.found).collect()
}

struct Finder<'a> {
    program: &'a str,
    /// The variable whose initial value is being visited.
    variable: Option<String>,
    /// Named functions, and where they stand.
    functions: Vec<(String, oxc_span::Span)>,
    found: Vec<Candidate>,
}

/// A call of `createKernel`, whose argument may be a name that is resolved later.
struct Candidate {
    found: FoundKernel,
    reference: Option<String>,
}

impl Candidate {
    /// Fills in the text of a kernel that was passed by name; false if there is no such function.
    fn resolve(&mut self, program: &str, functions: &[(String, oxc_span::Span)]) -> bool {
        let Some(reference) = &self.reference else { return true };
        let Some((_, span)) = functions.iter().find(|(name, _)| name == reference) else { return false };
        self.found.span = Span { start: span.start, end: span.end };
        self.found.source = self.found.span.text(program).to_owned();
        true
    }
}

impl<'a> Visit<'a> for Finder<'_> {
    fn visit_variable_declarator(&mut self, declarator: &VariableDeclarator<'a>) {
        let name = declarator.id.get_binding_identifier().map(|identifier| identifier.name.to_string());
        if let (Some(name), Some(init)) = (&name, &declarator.init)
            && matches!(
                init.get_inner_expression(),
                Expression::ArrowFunctionExpression(_) | Expression::FunctionExpression(_)
            )
        {
            self.functions.push((name.clone(), init.span()));
        }
        let outer = std::mem::replace(&mut self.variable, name);
        walk::walk_variable_declarator(self, declarator);
        self.variable = outer;
    }

    fn visit_function(&mut self, function: &Function<'a>, flags: ScopeFlags) {
        if let Some(identifier) = &function.id {
            self.functions.push((identifier.name.to_string(), function.span));
        }
        walk::walk_function(self, function, flags);
    }

    fn visit_call_expression(&mut self, call: &CallExpression<'a>) {
        let creates =
            call.callee.get_inner_expression().get_member_expr().is_some_and(|callee| {
                callee.static_property_name().is_some_and(|name| name == "createKernel")
            });
        if let (true, Some(argument)) = (creates, call.arguments.first()) {
            self.add(argument);
        }
        walk::walk_call_expression(self, call);
    }
}

impl Finder<'_> {
    fn add(&mut self, argument: &Argument<'_>) {
        let Some(expression) = argument.as_expression() else { return };
        let span = Span { start: expression.span().start, end: expression.span().end };
        let reference = match expression.get_inner_expression() {
            Expression::Identifier(identifier) => Some(identifier.name.to_string()),
            Expression::ArrowFunctionExpression(_) | Expression::FunctionExpression(_) => None,
            _ => return,
        };
        let name = self.variable.clone().or_else(|| reference.clone()).unwrap_or_default();
        let source = span.text(self.program).to_owned();
        self.found.push(Candidate { found: FoundKernel { name, span, source }, reference });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_inline_and_named_kernels() {
        let program = "
            import GPUInterface from 'hpc.js';
            const gpu = await new GPUInterface({}).initialize();
            const double = await gpu.createKernel((inputs) => { inputs.buffers.a[0] *= 2; });
            function triple(inputs) { inputs.buffers.a[0] *= 3; }
            this.third = await gpu.createKernel(triple);
        ";
        let found = find_kernels(program);
        let names: Vec<&str> = found.iter().map(|kernel| kernel.name.as_str()).collect();
        assert_eq!(names, ["double", "triple"]);
        assert_eq!(found[0].source, "(inputs) => { inputs.buffers.a[0] *= 2; }");
        assert_eq!(found[1].source, "function triple(inputs) { inputs.buffers.a[0] *= 3; }");
    }
}
