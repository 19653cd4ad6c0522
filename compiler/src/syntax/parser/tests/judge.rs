//! What oxc makes of a text: the judge of the parser.

use oxc_allocator::Allocator;
use oxc_ast::ast::{ClassElement, Expression, Function, ObjectPropertyKind};
use oxc_parser::{ParseOptions, Parser};
use oxc_span::SourceType;

use super::convert::Converter;
use crate::diagnostics::Span;
use crate::syntax::KernelSyntax;
use crate::syntax::tree::{Arena, Body};

/// What both parsers say of a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Both give the same tree.
    Same,
    /// Both refuse it.
    Refused,
    /// Only ours takes it; what oxc has against it.
    OnlyOurs(String),
    /// Only oxc takes it; what ours has against it.
    OnlyTheirs(String),
    /// The trees differ; both.
    Differ(String),
}

/// Compares the parser with oxc.
pub(super) fn judge(source: &str) -> Verdict {
    let arena = Arena::new();
    match (super::super::parse(&arena, source), parse(&arena, source)) {
        (Err(_), Err(_)) => Verdict::Refused,
        (Ok(_), Err(theirs)) => Verdict::OnlyOurs(theirs),
        // Numbers of old, and a word that strict mode has no names of.
        (Err(ours), Ok(_)) if ours.message.contains("starts with a zero") => Verdict::Refused,
        (Err(ours), Ok(theirs))
            if ours.message.contains("`let`") || format!("{theirs:?}").contains("name: \"let\"") =>
        {
            Verdict::Refused
        }
        (Err(ours), Ok(_)) => Verdict::OnlyTheirs(ours.message.clone()),
        (Ok(ours), Ok(theirs)) => {
            let (ours, theirs) = (format!("{ours:#?}"), format!("{theirs:#?}"));
            match ours.lines().zip(theirs.lines()).position(|(ours, theirs)| ours != theirs) {
                None if ours == theirs => Verdict::Same,
                line => {
                    let part = |text: &str| -> Vec<String> {
                        text.lines()
                            .skip(line.unwrap_or(0).saturating_sub(12))
                            .take(20)
                            .map(str::to_owned)
                            .collect()
                    };
                    Verdict::Differ(format!("{:#?}\n{:#?}", part(&ours), part(&theirs)))
                }
            }
        }
    }
}

/// The texts that a function's `toString()` may need around it to be an expression.
const WRAPPERS: [(&str, &str); 3] = [("", ""), ("({", "\n})"), ("(class{", "\n})")];

fn parse<'a>(arena: &'a Arena, source: &str) -> Result<KernelSyntax<'a>, String> {
    let mut reported = None;
    let may_be_of_class = source.starts_with("static") || source.starts_with('#');
    for (wrapper, (prefix, suffix)) in WRAPPERS.into_iter().enumerate() {
        if wrapper == 2 && !may_be_of_class {
            continue;
        }
        let converter = Converter { arena, prefix: prefix.len() as u32, length: source.len() as u32 };
        let (allocator, text) = (Allocator::default(), format!("{prefix}{source}{suffix}"));
        let options = ParseOptions { preserve_parens: false, ..ParseOptions::default() };
        match Parser::new(&allocator, &text, SourceType::ts()).with_options(options).parse_expression() {
            Ok(expression) => {
                return kernel_of(&expression, converter, wrapper).ok_or_else(|| "no function".into());
            }
            Err(errors) => {
                let errors: Vec<String> = errors.iter().map(|error| error.message.to_string()).collect();
                reported.get_or_insert(errors.join("; "));
            }
        }
    }
    Err(reported.unwrap_or_default())
}

fn kernel_of<'a>(
    expression: &Expression<'_>,
    converter: Converter<'a>,
    wrapper: usize,
) -> Option<KernelSyntax<'a>> {
    match (expression.get_inner_expression(), wrapper) {
        (Expression::ArrowFunctionExpression(arrow), 0) => {
            let head =
                Span { start: converter.span(&**arrow).start, end: converter.span(&*arrow.params).end };
            let (parameters, body) = (converter.parameters(&arrow.params), converter.arrow_body(&arrow.body));
            (!arrow.r#async).then_some(KernelSyntax { parameters, body, head })
        }
        (Expression::FunctionExpression(function), 0) => kernel_of_function(function, converter),
        (Expression::ObjectExpression(object), 1) => match &object.properties[..] {
            [ObjectPropertyKind::ObjectProperty(property)] if property.method => match &property.value {
                Expression::FunctionExpression(function) => kernel_of_function(function, converter),
                _ => None,
            },
            _ => None,
        },
        (Expression::ClassExpression(class), 2) => match &class.body.body[..] {
            [ClassElement::MethodDefinition(method)] if method.kind.is_method() => {
                kernel_of_function(&method.value, converter)
            }
            _ => None,
        },
        _ => None,
    }
}

fn kernel_of_function<'a>(function: &Function<'_>, converter: Converter<'a>) -> Option<KernelSyntax<'a>> {
    let head = Span { start: converter.span(function).start, end: converter.span(&*function.params).end };
    let statements = function.body.as_ref().map_or(&[][..], |body| &body.statements);
    let (parameters, body) = (converter.parameters(&function.params), converter.statements(statements));
    let is_plain = !function.r#async && !function.generator && function.body.is_some();
    is_plain.then_some(KernelSyntax { parameters, body: Body::Statements(body), head })
}
