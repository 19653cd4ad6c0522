//! `?:`, `&&` and `||`: only the chosen operand is evaluated.

use super::expressions::{binary, negate_condition};
use super::references::Reference;
use super::{Lowered, Lowerer, Reported, messages, objects};
use crate::diagnostics::{Code, Diagnostic, Span};
use crate::ir::{BinaryOp, Block, Builtin, Expression, ExpressionKind, LocalId, Place, StatementKind, Type};
use crate::syntax::tree::{Conditional, Expression as Syntax, Logical, LogicalOperator};

/// An operator of a chain, its right operand, and where the chain up to it stands.
type LogicalLink<'a> = (BinaryOp, &'a Syntax<'a>, Span);

/// How many nodes an operand of `?:` may have to be computed whether it is chosen or not.
const CHEAP: usize = 12;

impl<'a> Lowerer<'a> {
    /// `test ? consequent : alternate` as a value.
    pub(super) fn lower_conditional(
        &mut self,
        syntax: &'a Conditional<'a>,
        span: Span,
    ) -> Lowered<Reference> {
        if self.writes.has_choices()
            && let Some(argument) = self.inlined_argument(syntax)
        {
            return Ok(argument);
        }
        let test = self.lower_condition(&syntax.test)?;
        let accept = self.lower_part_apart(&syntax.consequent);
        let reject = self.lower_part_apart(&syntax.alternate);
        match (accept?, reject?) {
            ((accept_block, Reference::Value(accept)), (reject_block, Reference::Value(reject))) => {
                let arms = [(accept_block, accept), (reject_block, reject)];
                self.choose_value(test, arms, span).map(Reference::Value)
            }
            (accept, reject) => self.choose_object(test, accept, reject, span),
        }
    }

    /// An operand of `?:` in a block of its own: a value, or an object.
    fn lower_part_apart(&mut self, syntax: &'a Syntax<'a>) -> Lowered<(Block, Reference)> {
        self.builder.open_block();
        let part = self.lower_part(syntax).and_then(|part| match part {
            Reference::Record(_) => Ok(part),
            part => self.read(part).map(Reference::Value),
        });
        let block = self.builder.close_block();
        Ok((block, part?))
    }

    /// Whether an object is chosen is known only when the kernel runs, so it is copied.
    fn choose_object(
        &mut self,
        test: Expression,
        accept: (Block, Reference),
        reject: (Block, Reference),
        span: Span,
    ) -> Lowered<Reference> {
        let shape = if matches!(accept.1, Reference::Record(_)) { &accept.1 } else { &reject.1 };
        let chosen = self.like("choice", shape, None, objects::Declared::Here, span)?;
        let mut store = |(block, part): (Block, Reference)| {
            self.builder.open_block();
            self.builder.splice(block);
            let stored = self.store_part(&chosen, part, span);
            let block = self.builder.close_block();
            stored.map(|()| block)
        };
        let (accept, reject) = (store(accept)?, store(reject)?);
        self.builder.push(StatementKind::If { condition: test, accept, reject }, span);
        Ok(chosen)
    }

    /// `test ? accept : reject` of two values, each behind the statements that it needs.
    fn choose_value(
        &mut self,
        test: Expression,
        [(mut accept_block, accept), (mut reject_block, reject)]: [(Block, Expression); 2],
        span: Span,
    ) -> Lowered<Expression> {
        if accept.ty != reject.ty {
            return self.refuse(
                Diagnostic::new(Code::TypeMismatch, span)
                    .message(format!(
                        "a choice between {} and {}",
                        accept.ty.with_article(),
                        reject.ty.with_article()
                    ))
                    .and_label(accept.span, accept.ty.user_name())
                    .and_label(reject.span, reject.ty.user_name())
                    .note("both sides of `?:` must have the same type"),
            );
        }
        if let Some(chosen) = test.as_bool() {
            let (block, value) = if chosen { (accept_block, accept) } else { (reject_block, reject) };
            self.builder.splice(block);
            return Ok(value);
        }
        let ty = accept.ty;
        let plain = accept_block.0.is_empty() && reject_block.0.is_empty();
        if plain && is_cheap(&accept) && is_cheap(&reject) && !matches!(ty, Type::Array { .. }) {
            let (condition, accept, reject) = (Box::new(test), Box::new(accept), Box::new(reject));
            return Ok(Expression::new(ExpressionKind::Select { condition, accept, reject }, ty, span));
        }
        let local = self.builder.add_temporary("choice", ty, span);
        let rows = self.builder.rows_of(&accept);
        if rows != self.builder.rows_of(&reject) {
            return self.refuse(
                Diagnostic::new(Code::TypeMismatch, span)
                    .message("a choice between arrays with rows of different lengths")
                    .help("choose by `if`"),
            );
        }
        self.builder.set_rows(local, rows);
        self.builder.push(StatementKind::Declare { local, value: None }, span);
        assign_last(&mut accept_block, local, accept);
        assign_last(&mut reject_block, local, reject);
        self.builder
            .push(StatementKind::If { condition: test, accept: accept_block, reject: reject_block }, span);
        Ok(Expression::new(ExpressionKind::Local(local), ty, span))
    }

    /// `test ? consequent : alternate` as a statement.
    pub(super) fn lower_conditional_effect(&mut self, syntax: &'a Conditional<'a>) -> Lowered<()> {
        let span = syntax.span;
        let test = self.lower_condition(&syntax.test)?;
        let accept = self.lower_effect_apart(&syntax.consequent);
        let reject = self.lower_effect_apart(&syntax.alternate);
        self.push_if(test, accept?, reject?, span);
        Ok(())
    }

    /// `left && right` or `left || right` as a value.
    pub(super) fn lower_logical(&mut self, syntax: &'a Logical<'a>, span: Span) -> Lowered<Expression> {
        let (left, chain) = self.logical_chain(syntax, span)?;
        let mut value = self.lower_value(left)?;
        for (op, right, span) in chain.into_iter().rev() {
            let joined = self.join_values(op, value, right, span)?;
            value = self.bounded(joined);
        }
        Ok(value)
    }

    /// The operators of a chain of `&&` and `||`, the last one first, and its first operand. A chain may be as long as the text, so this is no
    /// recursion.
    fn logical_chain(
        &mut self,
        syntax: &'a Logical<'a>,
        span: Span,
    ) -> Lowered<(&'a Syntax<'a>, Vec<LogicalLink<'a>>)> {
        let mut chain = vec![(self.logical_op(syntax, span)?, &syntax.right, span)];
        let mut left = &syntax.left;
        while let Syntax::Logical(inner) = left {
            let span = left.span();
            chain.push((self.logical_op(inner, span)?, &inner.right, span));
            left = &inner.left;
        }
        Ok((left, chain))
    }

    /// `left && right` or `left || right` as a value, where the left operand is lowered.
    fn join_values(
        &mut self,
        op: BinaryOp,
        left: Expression,
        right: &'a Syntax<'a>,
        span: Span,
    ) -> Lowered<Expression> {
        let (block, right) = self.lower_apart(right)?;
        if left.ty.is_bool() && right.ty.is_bool() {
            return Ok(self.join_booleans(op, left, block, right, span));
        }
        if left.ty != right.ty || !left.ty.is_number() {
            return self.refuse(
                Diagnostic::new(Code::TypeMismatch, span)
                    .message(format!(
                        "`{}` does not fit {} and {}",
                        op.symbol(),
                        left.ty.with_article(),
                        right.ty.with_article()
                    ))
                    .and_label(left.span, left.ty.user_name())
                    .and_label(right.span, right.ty.user_name())
                    .note("both operands must be booleans, or both numbers"),
            );
        }
        // Numbers: the value is one of the operands, as in JavaScript.
        let left = self.builder.temporary("choice", left);
        let ExpressionKind::Local(local) = left.kind else { unreachable!("a temporary is a local") };
        let truth = self.truth(left.clone())?;
        let condition = if op == BinaryOp::And { truth } else { negate_condition(truth, left.span) };
        let mut block = block;
        assign_last(&mut block, local, right);
        self.builder.push(StatementKind::If { condition, accept: block, reject: Block::default() }, span);
        Ok(left)
    }

    /// `left && right` or `left || right` where only its truth is wanted.
    pub(super) fn lower_logical_condition(
        &mut self,
        syntax: &'a Logical<'a>,
        span: Span,
    ) -> Lowered<Expression> {
        let (left, chain) = self.logical_chain(syntax, span)?;
        self.nested(span, |lowerer| {
            let mut value = lowerer.lower_condition(left);
            for (op, right, span) in chain.into_iter().rev() {
                lowerer.builder.open_block();
                let right = if value.is_ok() { lowerer.lower_condition(right) } else { Err(Reported) };
                let block = lowerer.builder.close_block();
                value = value.and_then(|left| {
                    let joined = lowerer.join_booleans(op, left, block, right?, span);
                    Ok(lowerer.bounded(joined))
                });
            }
            value
        })
    }

    /// `left && right` or `left || right` as a statement: an `if`.
    pub(super) fn lower_logical_effect(&mut self, syntax: &'a Logical<'a>) -> Lowered<()> {
        let span = syntax.span;
        let op = self.logical_op(syntax, span)?;
        let left = self.lower_condition(&syntax.left)?;
        let condition = if op == BinaryOp::And { left } else { negate_condition(left, span) };
        let right = self.lower_effect_apart(&syntax.right)?;
        self.push_if(condition, right, Block::default(), span);
        Ok(())
    }

    fn logical_op(&mut self, syntax: &Logical<'a>, span: Span) -> Lowered<BinaryOp> {
        match syntax.operator {
            LogicalOperator::And => Ok(BinaryOp::And),
            LogicalOperator::Or => Ok(BinaryOp::Or),
            LogicalOperator::Coalesce => self
                .refuse(messages::unsupported("`??`", span).help("nothing in a kernel is null or undefined")),
        }
    }

    /// Joins two booleans, of which the second needs the statements of `block` to be computed.
    fn join_booleans(
        &mut self,
        op: BinaryOp,
        left: Expression,
        mut block: Block,
        right: Expression,
        span: Span,
    ) -> Expression {
        if let Some(value) = left.as_bool() {
            if value == (op == BinaryOp::Or) {
                return Expression::bool(value, span);
            }
            self.builder.splice(block);
            return right;
        }
        if block.0.is_empty() {
            return binary(op, left, right, Type::BOOL, span);
        }
        let left = self.builder.temporary("condition", left);
        let ExpressionKind::Local(local) = left.kind else { unreachable!("a temporary is a local") };
        let condition = if op == BinaryOp::And { left.clone() } else { negate_condition(left.clone(), span) };
        assign_last(&mut block, local, right);
        self.builder.push(StatementKind::If { condition, accept: block, reject: Block::default() }, span);
        left
    }

    /// Adds an `if`, or only the branch that a constant condition chooses.
    pub(super) fn push_if(&mut self, condition: Expression, accept: Block, reject: Block, span: Span) {
        match condition.as_bool() {
            Some(true) => self.builder.splice(accept),
            Some(false) => self.builder.splice(reject),
            None if accept.0.is_empty() && reject.0.is_empty() => {}
            None => self.builder.push(StatementKind::If { condition, accept, reject }, span),
        }
    }

    /// Lowers a value together with the statements it needs, which are kept apart.
    fn lower_apart(&mut self, syntax: &'a Syntax<'a>) -> Lowered<(Block, Expression)> {
        self.builder.open_block();
        let value = self.lower_value(syntax);
        let block = self.builder.close_block();
        Ok((block, value?))
    }

    fn lower_effect_apart(&mut self, syntax: &'a Syntax<'a>) -> Lowered<Block> {
        self.builder.open_block();
        let effect = self.lower_effect(syntax);
        let block = self.builder.close_block();
        effect.map(|()| block)
    }
}

/// Ends a block with storing `value` in `local`.
fn assign_last(block: &mut Block, local: LocalId, value: Expression) {
    let span = value.span;
    let kind = StatementKind::Assign { place: Place::Local(local), value };
    block.0.push(crate::ir::Statement { kind, span });
}

/// Whether computing a value that is not needed costs less than a branch.
fn is_cheap(value: &Expression) -> bool {
    let (mut nodes, mut costly) = (0, false);
    value.walk(&mut |node| {
        nodes += 1;
        costly |= match &node.kind {
            ExpressionKind::Load { .. } | ExpressionKind::Element { .. } | ExpressionKind::Call { .. } => {
                true
            }
            ExpressionKind::Builtin { builtin, .. } => !matches!(
                builtin,
                Builtin::Abs
                    | Builtin::Ceil
                    | Builtin::Floor
                    | Builtin::Max
                    | Builtin::Min
                    | Builtin::Round
                    | Builtin::Sign
                    | Builtin::Trunc
            ),
            ExpressionKind::Binary { op, .. } => *op == BinaryOp::Remainder,
            _ => false,
        };
    });
    nodes <= CHEAP && !costly
}
