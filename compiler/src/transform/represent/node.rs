//! The expressions of a kernel, each part with what it can be.

use crate::analysis::definitions::Definitions;
use crate::analysis::ranges::{At, Facts};
use crate::analysis::value::Value;
use crate::ir::{Block, Expression, Statement};

/// An expression, or a part of one.
#[derive(Debug)]
pub(super) struct Node<'k> {
    /// The expression, as lowering made it.
    pub(super) expression: &'k Expression,
    /// The place of the expression.
    pub(super) at: At,
    /// Its range in the runs that the variant is for.
    pub(super) value: Value,
    /// Its range in any run.
    pub(super) sure: Value,
    /// Its operands.
    pub(super) operands: Vec<Node<'k>>,
}

/// A statement and the expressions directly in it, in the order of [`Statement::expressions`].
#[derive(Debug)]
pub(super) struct Tree<'k> {
    pub(super) statement: &'k Statement,
    pub(super) roots: Vec<Node<'k>>,
}

/// What is known of a kernel's numbers.
#[derive(Clone, Copy)]
pub(super) struct Known<'f, 'd, 'k> {
    /// The facts that hold in the runs that the variant is for.
    pub(super) facts: &'f Facts<'d, 'k>,
    /// The facts that hold in any run.
    pub(super) any: &'f Facts<'d, 'k>,
}

impl<'d, 'k> Known<'_, 'd, 'k> {
    pub(super) fn definitions(&self) -> &'d Definitions<'k> {
        self.facts.definitions()
    }

    /// The statements of each function, in the order of [`Block::walk`].
    pub(super) fn trees(&self) -> Vec<Vec<Tree<'k>>> {
        let functions = self.definitions().kernel.all_functions().enumerate();
        let trees = functions.map(|(function, body)| {
            let mut trees = Vec::new();
            self.block(&body.body, function, &mut trees);
            trees
        });
        trees.collect()
    }

    fn block(&self, block: &'k Block, function: usize, trees: &mut Vec<Tree<'k>>) {
        for statement in &block.0 {
            let guards = self.definitions().sites(function)[trees.len()].guards;
            let at = At { function, guards };
            let roots = statement.expressions().into_iter().map(|root| self.node(at, root)).collect();
            trees.push(Tree { statement, roots });
            statement.blocks().into_iter().for_each(|block| self.block(block, function, trees));
        }
    }

    fn node(&self, at: At, expression: &'k Expression) -> Node<'k> {
        let operands: Vec<Node<'k>> =
            expression.operands().into_iter().map(|operand| self.node(at, operand)).collect();
        let of = |facts: &Facts<'d, 'k>, value: fn(&Node<'k>) -> Value| {
            facts.transfer(at, expression, &operands.iter().map(value).collect::<Vec<_>>())
        };
        let (value, sure) = (of(self.facts, |node| node.value), of(self.any, |node| node.sure));
        Node { expression, at, value, sure, operands }
    }
}

impl Node<'_> {
    /// Whether it is known to be no fraction in any run: an integer, infinite or NaN.
    pub(super) fn is_surely_whole(&self) -> bool {
        self.sure.fractions.is_empty()
    }

    /// Whether all operands are integers.
    pub(super) fn has_integers(&self) -> bool {
        self.operands.iter().all(|operand| operand.value.is_integer())
    }
}
