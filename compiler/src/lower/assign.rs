//! Assignments, `++` and `--`.

use super::builder::BindingKind;
use super::expressions::negate_condition;
use super::operators::Operator;
use super::references::{Reference, take};
use super::{Lowered, Lowerer, messages};
use crate::diagnostics::{Code, Diagnostic, Span};
use crate::ir::{BinaryOp, Block, Expression, ExpressionKind, Place, StatementKind, Type};
use crate::syntax::tree::{
    Assignment, AssignmentOperator, Expression as Syntax, ForeignKind, LogicalOperator, Update,
    UpdateOperator,
};

impl<'a> Lowerer<'a> {
    /// An assignment as a statement.
    pub(super) fn lower_assignment(&mut self, syntax: &'a Assignment<'a>) -> Lowered<()> {
        let span = syntax.span;
        if let AssignmentOperator::Logical(operator) = syntax.operator {
            return self.assign_if(syntax, operator).map(drop);
        }
        let target = self.lower_target(&syntax.left)?;
        if let Reference::Record(target) = target {
            return self.assign_object(target, syntax, span);
        }
        let (reference, value) = self.assigned(target, syntax, span)?;
        let value = self.builder.reclaim(value);
        self.store(&reference, value, span)
    }

    /// An assignment whose value is used: what was assigned.
    pub(super) fn lower_assignment_value(&mut self, syntax: &'a Assignment<'a>) -> Lowered<Expression> {
        let span = syntax.span;
        if let AssignmentOperator::Logical(operator) = syntax.operator {
            let reference = self.assign_if(syntax, operator)?;
            return self.read(reference);
        }
        let target = self.lower_target(&syntax.left)?;
        let (reference, value) = self.assigned(target, syntax, span)?;
        // It is used twice, so it is evaluated into a temporary unless that were as long.
        let is_cheap = matches!(value.kind, ExpressionKind::Local(_) | ExpressionKind::Literal(_));
        let value = match is_cheap && self.builder.is_stable(&value) {
            true => value,
            false => self.builder.temporary("assigned", value),
        };
        self.store(&reference, value.clone(), span)?;
        Ok(value)
    }

    /// Where an assignment stores, and what.
    fn assigned(
        &mut self,
        mut reference: Reference,
        syntax: &'a Assignment<'a>,
        span: Span,
    ) -> Lowered<(Reference, Expression)> {
        // Found out before the value is looked at, so that the first mistake is reported first.
        self.place(&reference, syntax.left.span())?;
        match Operator::of_assignment(syntax.operator) {
            None => {
                let mut mark = self.builder.mark();
                let value = self.lower_value(&syntax.right)?;
                self.pin_reference(&mut reference, &mut mark);
                Ok((reference, value))
            }
            Some(operator) => {
                self.share_indices(&mut reference);
                let mut old = self.read(reference.clone())?;
                let mut mark = self.builder.mark();
                let right = self.lower_value(&syntax.right)?;
                self.builder.pin(&mut old, &mut mark);
                self.pin_reference(&mut reference, &mut mark);
                if !old.ty.is_number() {
                    return self.wrong_compound(operator, &old, &right, span);
                }
                Ok((reference, self.combine(operator, old, right, span)?))
            }
        }
    }

    /// `left ||= right`, `left &&= right` or `left ??= right`: assigns if what is there does not decide. Nothing in a kernel is null or undefined.
    fn assign_if(&mut self, syntax: &'a Assignment<'a>, operator: LogicalOperator) -> Lowered<Reference> {
        let span = syntax.span;
        let mut reference = self.lower_target(&syntax.left)?;
        self.place(&reference, syntax.left.span())?;
        self.share_indices(&mut reference);
        let old = self.read(reference.clone())?;
        let truth = self.truth(old)?;
        self.builder.open_block();
        let stored = self.lower_value(&syntax.right).and_then(|value| self.store(&reference, value, span));
        let block = self.builder.close_block();
        stored?;
        let condition = match operator {
            LogicalOperator::And => truth,
            LogicalOperator::Or => negate_condition(truth, span),
            LogicalOperator::Coalesce => Expression::bool(false, span),
        };
        self.push_if(condition, block, Block::default(), span);
        Ok(reference)
    }

    fn vector_compound<T>(
        &mut self,
        operator: Operator,
        old: &Expression,
        right: &Expression,
        span: Span,
    ) -> Lowered<T> {
        let symbol = operator.symbol();
        let target = self.text(old.span);
        let value = self.operand_text(symbol, old.ty, right);
        let diagnostic = Diagnostic::new(Code::TypeMismatch, span)
            .message(format!("`{symbol}=` works on numbers, this is {}", old.ty.with_article()))
            .and_label(old.span, old.ty.user_name());
        self.refuse(match symbol {
            "+" => diagnostic.help(format!("write `{target} = {target}.plus({value})`")),
            "-" => diagnostic.help(format!("write `{target} = {target}.minus({value})`")),
            "*" => diagnostic.help(format!("write `{target} = {target}.times({value})`")),
            "/" if !old.ty.scalar().is_integer() => {
                diagnostic.help(format!("write `{target} = {target}.div({value})`"))
            }
            _ => diagnostic,
        })
    }

    /// `left += right` where the left side is no number.
    fn wrong_compound<T>(
        &mut self,
        operator: Operator,
        old: &Expression,
        right: &Expression,
        span: Span,
    ) -> Lowered<T> {
        if old.ty.is_vector() {
            return self.vector_compound(operator, old, right, span);
        }
        let (symbol, target) = (operator.symbol(), self.text(old.span));
        let diagnostic = Diagnostic::new(Code::TypeMismatch, span)
            .message(format!("`{symbol}=` makes a number, and this is {}", old.ty.with_article()))
            .and_label(old.span, old.ty.user_name());
        self.refuse(match old.ty.is_bool() {
            true => diagnostic
                .note("a variable keeps the type of its first value")
                .help(format!("let `{target}` be a number from the start: 0 for `false`, 1 for `true`")),
            false => diagnostic,
        })
    }

    /// Stores a value where a reference says.
    pub(super) fn store(&mut self, reference: &Reference, value: Expression, span: Span) -> Lowered<()> {
        if let Reference::Swizzle { base, components, .. } = reference {
            return self.store_swizzle(base, components, value, span);
        }
        if let Reference::Lane { base, index, .. } = reference {
            return self.store_lane(base, index, value, span);
        }
        let place = self.place(reference, span)?;
        if let Place::Local(local) = place
            && self.builder.local_type(local).is_none()
        {
            self.builder.set_type(local, value.ty);
            let rows = self.builder.rows_of(&value);
            self.builder.set_rows(local, rows);
        }
        if let Place::Local(local) = place
            && matches!(value.ty, Type::Array { .. })
            && self.builder.rows(local) != self.builder.rows_of(&value)
        {
            let name = self.builder.local_name(local).to_owned();
            return self.refuse(
                Diagnostic::new(Code::TypeMismatch, value.span)
                    .message(format!("`{name}` is an array with rows of other lengths"))
                    .help("assign element by element"),
            );
        }
        let expected = self.type_of(reference)?;
        if value.ty != expected {
            return self.wrong_assignment(reference, expected, &value);
        }
        self.builder.push(StatementKind::Assign { place, value }, span);
        Ok(())
    }

    /// `v.zx = vec2(…)`: one component after the other, from a value computed before.
    fn store_swizzle(
        &mut self,
        base: &Reference,
        components: &[u8],
        value: Expression,
        span: Span,
    ) -> Lowered<()> {
        let distinct =
            components.iter().enumerate().all(|(place, letter)| !components[..place].contains(letter));
        if !distinct {
            return self.refuse(
                Diagnostic::new(Code::NotAssignable, span)
                    .message("a swizzle that repeats a component cannot be assigned")
                    .help("name each component once"),
            );
        }
        let expected = Type::Vector(components.len() as u8, self.type_of(base)?.scalar());
        if value.ty != expected {
            return self.refuse(Diagnostic::new(Code::TypeMismatch, value.span).message(format!(
                "{} cannot be assigned to {}",
                value.ty.with_article(),
                expected.with_article()
            )));
        }
        // Storing one component could change where the next is stored.
        let mut base = base.clone();
        self.share_indices(&mut base);
        let value = self.builder.temporary("swizzle", value);
        for (position, &component) in components.iter().enumerate() {
            let part = Reference::Component { base: Box::new(base.clone()), component, span };
            self.store(&part, take(value.clone(), &[position as u8], span), span)?;
        }
        Ok(())
    }

    fn wrong_assignment<T>(
        &mut self,
        reference: &Reference,
        expected: Type,
        value: &Expression,
    ) -> Lowered<T> {
        let is_number_of_boolean = expected.is_number() && value.ty.is_bool();
        let (expected, given) = (expected.with_article(), value.ty.user_name());
        let diagnostic = Diagnostic::new(Code::TypeMismatch, value.span)
            .message(format!("{} cannot be assigned to {expected}", value.ty.with_article()))
            .label(given);
        let diagnostic = match reference {
            Reference::Local { local, .. } => {
                let name = self.builder.local_name(*local).to_owned();
                let diagnostic = match self.builder.lookup(&name).map(|binding| binding.span) {
                    Some(declared) => diagnostic.and_label(declared, format!("`{name}` is {expected}")),
                    None => diagnostic,
                };
                diagnostic.note("a variable keeps the type of its first value")
            }
            _ => diagnostic.note("every element has one type"),
        };
        self.refuse(match is_number_of_boolean {
            true => diagnostic.help(format!("write `{} ? 1 : 0`", self.text(value.span))),
            false => diagnostic,
        })
    }

    /// `++` or `--` as a statement.
    pub(super) fn lower_update(&mut self, syntax: &'a Update<'a>) -> Lowered<()> {
        let (reference, old, span) = self.updated(syntax)?;
        let new = step(syntax.operator, old, span);
        self.store(&reference, new, span)
    }

    /// `++` or `--` whose value is used: the new value of a prefix form, the old one of a postfix form.
    pub(super) fn lower_update_value(&mut self, syntax: &'a Update<'a>) -> Lowered<Expression> {
        let (reference, old, span) = self.updated(syntax)?;
        if syntax.prefix {
            let new = self.builder.temporary("updated", step(syntax.operator, old, span));
            self.store(&reference, new.clone(), span)?;
            return Ok(new);
        }
        let old = self.builder.temporary("old", old);
        self.store(&reference, step(syntax.operator, old.clone(), span), span)?;
        Ok(old)
    }

    fn updated(&mut self, syntax: &'a Update<'a>) -> Lowered<(Reference, Expression, Span)> {
        let span = syntax.span;
        let mut reference = self.lower_target(&syntax.argument)?;
        self.place(&reference, span)?;
        self.share_indices(&mut reference);
        let old = self.read(reference.clone())?;
        if !old.ty.is_number() {
            return self.refuse(Diagnostic::new(Code::TypeMismatch, old.span).message(format!(
                "`{}` needs a number, this is {}",
                syntax.operator.as_str(),
                old.ty.with_article()
            )));
        }
        Ok((reference, old, span))
    }

    fn lower_target(&mut self, target: &'a Syntax<'a>) -> Lowered<Reference> {
        match target {
            Syntax::Identifier(identifier) => {
                let (name, span) = (identifier.name, identifier.span);
                if let Some(BindingKind::Alias(alias)) = self.builder.lookup(name).map(|binding| binding.kind)
                    && self.is_no_value(&self.aliases[alias])
                {
                    return self.refuse(
                        Diagnostic::new(Code::NotAssignable, span)
                            .message(format!(
                                "`{name}` stands for what it was declared to be, and for nothing else"
                            ))
                            .note("what is no value, such as a buffer or a row, has names but is not stored")
                            .help("declare another name with `const`"),
                    );
                }
                self.name_reference(name, span)
            }
            Syntax::Member(member) => {
                let object = self.lower_reference(&member.object)?;
                self.member(object, member.property.name, member.property.span, member.span)
            }
            Syntax::Index(member) => {
                let object = self.lower_reference(&member.object)?;
                match &member.index {
                    Syntax::String(name) => self.member(object, name.value, name.span, member.span),
                    index => self.lower_indexed(object, index, member.span),
                }
            }
            Syntax::Foreign(foreign) if foreign.kind == ForeignKind::Destructuring => self.refuse(
                messages::unsupported("destructuring", foreign.span).help("assign one variable at a time"),
            ),
            other => self.lower_reference(other),
        }
    }
}

/// The value one above or below.
fn step(operator: UpdateOperator, old: Expression, span: Span) -> Expression {
    let op = match operator {
        UpdateOperator::Increment => BinaryOp::Add,
        UpdateOperator::Decrement => BinaryOp::Subtract,
    };
    super::expressions::binary(op, old, Expression::number(1.0, span), Type::NUMBER, span)
}
