//! The parser (oxc), and the forms in which a function's `toString()` gives it.

use oxc_allocator::Allocator;
use oxc_ast::ast::{ClassElement, Expression, Function, ObjectPropertyKind};
use oxc_parser::{ParseOptions, Parser};
use oxc_span::SourceType;

use super::KernelSyntax;
use super::oxc::Converter;
use super::tree::{Arena, Body};
use crate::diagnostics::{Code, Diagnostic, Result, Span};

/// The texts that a function's `toString()` may need around it to be an expression.
const WRAPPERS: [(&str, &str); 3] = [("(", "\n)"), ("({", "\n})"), ("(class{", "\n})")];

/// Parses a kernel's text.
///
/// # Errors
///
/// A syntax error, or what is wrong with the form of the function.
pub(super) fn parse<'a>(arena: &'a Arena, source: &str) -> Result<KernelSyntax<'a>> {
    if source.contains("[native code]") {
        return Err(vec![not_a_function(source, "this function has no source text")]);
    }
    let likely = likely_wrapper(source);
    let mut reported = None;
    for wrapper in [likely, 0, 1, 2] {
        let (prefix, suffix) = WRAPPERS[wrapper];
        let converter = Converter { arena, prefix: prefix.len() as u32, length: source.len() as u32 };
        let (allocator, text) = (Allocator::default(), format!("{prefix}{source}{suffix}"));
        let options = ParseOptions { preserve_parens: false, ..ParseOptions::default() };
        match Parser::new(&allocator, &text, SourceType::ts()).with_options(options).parse_expression() {
            Ok(expression) => {
                let is_wrapped = wrapper == 2;
                return kernel_of(&expression, converter, source, is_wrapped);
            }
            Err(errors) => {
                let errors = errors.into_iter().map(|error| syntax_error(&error, converter));
                reported.get_or_insert_with(|| errors.collect::<Vec<_>>());
            }
        }
    }
    Err(reported.unwrap_or_default())
}

/// Guesses the form, so that a syntax error is reported of the form that the user wrote.
fn likely_wrapper(source: &str) -> usize {
    let text = source.trim_start();
    let head = &text[..text.find('{').unwrap_or(text.len())];
    if head.starts_with("static") || head.starts_with('#') {
        2
    } else if head.contains("=>") || head.starts_with("function") || head.starts_with("async function") {
        0
    } else {
        usize::from(head.contains(')') && !head.starts_with('('))
    }
}

fn kernel_of<'a>(
    expression: &Expression<'_>,
    converter: Converter<'a>,
    source: &str,
    is_wrapped_in_class: bool,
) -> Result<KernelSyntax<'a>> {
    match expression.get_inner_expression() {
        Expression::ArrowFunctionExpression(arrow) => {
            let head =
                Span { start: converter.span(&**arrow).start, end: converter.span(&*arrow.params).end };
            refuse_async(arrow.r#async, false, head)?;
            let (parameters, body) = (converter.parameters(&arrow.params), converter.arrow_body(&arrow.body));
            Ok(KernelSyntax { parameters, body, head })
        }
        Expression::FunctionExpression(function) => kernel_of_function(function, converter),
        Expression::ObjectExpression(object) => match object.properties.first() {
            Some(ObjectPropertyKind::ObjectProperty(property)) if property.method => {
                kernel_of(&property.value, converter, source, false)
            }
            _ => Err(vec![not_a_function(source, "this is not a function")]),
        },
        Expression::ClassExpression(class) if is_wrapped_in_class => match class.body.body.first() {
            Some(ClassElement::MethodDefinition(method)) if method.kind.is_method() => {
                kernel_of_function(&method.value, converter)
            }
            _ => Err(vec![not_a_function(source, "this is not a function")]),
        },
        _ => Err(vec![not_a_function(source, "this is not a function")]),
    }
}

fn kernel_of_function<'a>(function: &Function<'_>, converter: Converter<'a>) -> Result<KernelSyntax<'a>> {
    let head = Span { start: converter.span(function).start, end: converter.span(&*function.params).end };
    refuse_async(function.r#async, function.generator, head)?;
    let statements = function.body.as_ref().map_or(&[][..], |body| &body.statements);
    let (parameters, body) = (converter.parameters(&function.params), converter.statements(statements));
    Ok(KernelSyntax { parameters, body: Body::Statements(body), head })
}

fn refuse_async(is_async: bool, is_generator: bool, head: Span) -> Result<()> {
    let form = match (is_async, is_generator) {
        (false, false) => return Ok(()),
        (true, _) => "async",
        (false, true) => "a generator",
    };
    Err(vec![
        Diagnostic::new(Code::AsyncOrGenerator, head)
            .message(format!("a kernel cannot be {form}"))
            .note("a kernel runs on the GPU from start to end; there is nothing it could wait for")
            .help("write `(inputs) => { … }`"),
    ])
}

fn not_a_function(source: &str, message: &str) -> Diagnostic {
    let end = source.lines().next().map_or(0, str::len) as u32;
    Diagnostic::new(Code::NotAFunction, Span { start: 0, end })
        .message(message)
        .note("kernels are compiled from their source text, which bound and built-in functions do not have")
        .help("pass an ordinary function: `(inputs) => { … }`")
}

fn syntax_error(error: &oxc_parser_diagnostic::OxcDiagnostic, converter: Converter<'_>) -> Diagnostic {
    let place = |label: &oxc_parser_diagnostic::Label| {
        let start = label.offset();
        converter.span(&oxc_span::Span::new(start, start + label.len()))
    };
    let first = error.labels.iter().next();
    let span = first.map(place).unwrap_or_default();
    let mut diagnostic = Diagnostic::new(Code::SyntaxError, span).message(lower_first(&error.message));
    if let Some(text) = first.and_then(|label| label.label()) {
        diagnostic = diagnostic.label(lower_first(text));
    }
    for label in error.labels.iter().skip(1) {
        diagnostic = diagnostic.and_label(place(label), lower_first(label.label().unwrap_or("")));
    }
    if let Some(help) = &error.help {
        diagnostic = diagnostic.help(lower_first(help));
    }
    diagnostic
}

fn lower_first(text: &str) -> String {
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => std::iter::once(first.to_ascii_lowercase()).chain(characters).collect(),
        None => String::new(),
    }
}

/// The parser's own diagnostics, by a short name.
mod oxc_parser_diagnostic {
    pub(super) use oxc_diagnostics::{LabeledSpan as Label, OxcDiagnostic};
}
