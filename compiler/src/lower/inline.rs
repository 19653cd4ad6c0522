//! Calls of functions that return objects. The IR's functions return one value, so such a function is put in the place of each call.

use super::functions::Outcome;
use super::objects::Declared;
use super::records::Record;
use super::references::Reference;
use super::{Lowered, Lowerer};
use crate::collections::Map;
use crate::diagnostics::{Code, Diagnostic, Span};
use crate::ir::{LabelId, StatementKind};

/// How many calls of a kernel are replaced by the function's body.
const MOST_CALLS: usize = 400;

/// The function that is being put in the place of a call.
pub(super) struct Inlined {
    /// Behind its body.
    end: LabelId,
    /// Where it returns to: locals like the object that its first `return` shows.
    result: Option<Reference>,
}

impl Lowerer<'_> {
    /// Puts a function's body in the place of a call, and gives what it returns.
    pub(super) fn inline(
        &mut self,
        function: usize,
        arguments: Vec<Reference>,
        span: Span,
    ) -> Lowered<Option<Reference>> {
        self.inlined_calls += 1;
        if self.inlined_calls > MOST_CALLS {
            return self.refuse(
                Diagnostic::new(Code::TooDeep, span)
                    .message(format!("more than {MOST_CALLS} calls return objects"))
                    .note("a function that returns an object is compiled once for each call")
                    .help("return a vector, or write to a buffer"),
            );
        }
        let end = self.builder.new_label();
        let reports = self.diagnostics.len();
        let inlined = Inlined { end, result: None };
        let scopes = std::mem::replace(&mut self.builder.scopes, vec![Map::new()]);
        let targets = std::mem::take(&mut self.builder.targets);
        let entry = self.builder.entry.take();
        let outer = self.builder.inlined.replace(inlined);
        self.builder.open_block();
        let lowered = self.lower_function_body(function, Some(arguments));
        let body = self.builder.close_block();
        let inlined = std::mem::replace(&mut self.builder.inlined, outer);
        self.builder.entry = entry;
        self.builder.targets = targets;
        self.builder.scopes = scopes;
        lowered?;
        if self.diagnostics.len() > reports {
            self.functions[function].refuse();
            return Err(super::Reported);
        }
        if body.completes() {
            return self.returns_not_always(function);
        }
        self.builder.push(StatementKind::Scope { label: end, body }, span);
        Ok(inlined.and_then(|inlined| inlined.result).map(|result| result.at(span)))
    }

    /// `return object`
    pub(super) fn return_object(&mut self, object: Record, span: Span) -> Lowered<()> {
        if let Some((earlier, place)) = self.builder.result {
            let earlier = earlier.map_or("no value".to_owned(), crate::ir::Type::with_article);
            return self.refuse(
                Diagnostic::new(Code::ReturnType, span)
                    .message(format!("this returns an object, an earlier return {earlier}"))
                    .and_label(place, format!("returns {earlier}"))
                    .note("all returns of a function return the same type"),
            );
        }
        let Some(inlined) = &self.builder.inlined else {
            self.builder.outcome = Outcome::Object;
            return Err(super::Reported);
        };
        let (end, result) = (inlined.end, inlined.result.clone());
        let object = self.settled(Reference::Record(object));
        let result = match result {
            Some(result) => result,
            None => {
                let result = self.like("result", &object, None, Declared::First, span)?;
                if let Some(inlined) = &mut self.builder.inlined {
                    inlined.result = Some(result.clone());
                }
                result
            }
        };
        self.store_part(&result, object, span)?;
        self.builder.push(StatementKind::Break(end), span);
        Ok(())
    }
}
