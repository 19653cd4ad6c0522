//! `console.log` in a kernel: the values of a call come back with the run.

use artifact::{Log, LogPart};

use super::references::Reference;
use super::{Lowered, Lowerer, messages};
use crate::diagnostics::{Code, Diagnostic, Span};
use crate::ir::{Expression, StatementKind, Type};
use crate::syntax::tree::{Call, Expression as Syntax, ForeignKind};

impl<'a> Lowerer<'a> {
    /// `console.name`
    pub(super) fn console_member(&mut self, name: &str, name_span: Span, span: Span) -> Lowered<Reference> {
        if name == "log" {
            return Ok(Reference::ConsoleLog(span));
        }
        let diagnostic = messages::unsupported(format_args!("`console.{name}`"), name_span);
        self.refuse(diagnostic.help("write `console.log(…)`, with numbers, booleans, vectors and strings"))
    }

    /// A call of it.
    pub(super) fn lower_log(&mut self, call: &'a Call<'a>, span: Span) -> Lowered<()> {
        let arguments = self.plain_arguments(call)?;
        let is_text = |argument: &&&Syntax<'a>| matches!(argument, Syntax::String(_));
        let foreign = arguments.iter().find(|argument| {
            matches!(argument, Syntax::Foreign(foreign) if matches!(foreign.kind, ForeignKind::Template))
        });
        if let Some(template) = foreign {
            let diagnostic = messages::unsupported("a template", template.span());
            return self.refuse(diagnostic.help("list its parts: `console.log('x is', x)`"));
        }
        let computed: Vec<_> = arguments.iter().filter(|argument| !is_text(argument)).copied().collect();
        let values = self.lower_values(&computed)?;
        if let Some(array) = values.iter().find(|value| matches!(value.ty, Type::Array { .. })) {
            let message = format!("`console.log` of {}", array.ty.with_article());
            let diagnostic = Diagnostic::new(Code::NoOverload, array.span).message(message);
            return self.refuse(diagnostic.help("name an element: `console.log(values[0], values[1])`"));
        }
        let mut told = values.iter();
        let parts: Vec<LogPart> = arguments
            .iter()
            .filter_map(|argument| match argument {
                Syntax::String(text) => Some(LogPart::Text(text.value.to_owned())),
                _ => told.next().map(part),
            })
            .collect();
        let numbers: u32 = parts.iter().map(LogPart::numbers).sum();
        if numbers > Log::NUMBERS {
            let most = Log::NUMBERS;
            let message = format!("`console.log` of {numbers} numbers, and a call tells {most} at most");
            let diagnostic = Diagnostic::new(Code::NoOverload, span).message(message);
            let diagnostic = diagnostic.note("a vector is as many as it has components");
            return self.refuse(diagnostic.help("write several calls"));
        }
        self.builder.effects.writes = true;
        self.builder.push(StatementKind::Log { parts, values }, span);
        Ok(())
    }
}

fn part(value: &Expression) -> LogPart {
    match value.ty {
        Type::BOOL => LogPart::Boolean,
        Type::Vector(components, _) => LogPart::Vector(components, value.ty.user_name()),
        _ => LogPart::Number,
    }
}
