//! Which variables a loop computes from themselves.

use super::definitions::{Definition, Definitions, Variable};
use crate::ir::ExpressionKind;

/// For each variable, whether a loop computes it from itself, directly or by way of others.
///
/// These are the strongly connected components of the graph in which a variable leads to those that its definitions name, found by Tarjan's
/// algorithm without recursion; only such count that a definition in a loop closes.
pub(super) fn carried(definitions: &Definitions<'_>) -> Vec<bool> {
    let named: Vec<Vec<(usize, bool)>> = definitions
        .variables()
        .map(|variable| {
            let of = definitions.of_variable(variable).iter();
            of.flat_map(|definition| names(definitions, definition)).collect()
        })
        .collect();
    let component = Components::of(&named);
    let mut carried = vec![false; named.len()];
    for (from, targets) in named.iter().enumerate() {
        for &(to, in_loop) in targets {
            if in_loop && component[from] == component[to] {
                carried[component[from]] = true;
            }
        }
    }
    component.into_iter().map(|component| carried[component]).collect()
}

/// The variables that a definition names, and whether it stands in a loop.
fn names(definitions: &Definitions<'_>, definition: &Definition<'_>) -> Vec<(usize, bool)> {
    let mut found = Vec::new();
    let Some(value) = definition.value else { return found };
    let in_loop = definition.site.innermost.is_some();
    value.walk(&mut |part| {
        let variable = match part.kind {
            ExpressionKind::Local(local) | ExpressionKind::Element { array: local, .. } => {
                definitions.local(definition.function, local)
            }
            ExpressionKind::Call { function, .. } => definitions.result(function),
            _ => return,
        };
        let Variable(position) = variable;
        found.push((position, in_loop));
    });
    found
}

const UNSEEN: usize = usize::MAX;

/// The state of Tarjan's algorithm.
struct Components<'g> {
    named: &'g [Vec<(usize, bool)>],
    order: Vec<usize>,
    lowest: Vec<usize>,
    open: Vec<usize>,
    is_open: Vec<bool>,
    component: Vec<usize>,
    seen: usize,
}

impl<'g> Components<'g> {
    /// For each node the number of its component, which is that of one of its nodes.
    fn of(named: &'g [Vec<(usize, bool)>]) -> Vec<usize> {
        let count = named.len();
        let mut state = Self {
            named,
            order: vec![UNSEEN; count],
            lowest: vec![UNSEEN; count],
            open: Vec::new(),
            is_open: vec![false; count],
            component: vec![UNSEEN; count],
            seen: 0,
        };
        for node in 0..count {
            if state.order[node] == UNSEEN {
                state.search(node);
            }
        }
        state.component
    }

    fn search(&mut self, start: usize) {
        self.enter(start);
        let mut path = vec![(start, 0)];
        while let Some((node, next)) = path.pop() {
            match self.named[node].get(next) {
                Some(&(target, _)) => {
                    path.push((node, next + 1));
                    if self.order[target] == UNSEEN {
                        self.enter(target);
                        path.push((target, 0));
                    } else if self.is_open[target] {
                        self.lowest[node] = self.lowest[node].min(self.order[target]);
                    }
                }
                None => {
                    self.leave(node);
                    if let Some(&(parent, _)) = path.last() {
                        self.lowest[parent] = self.lowest[parent].min(self.lowest[node]);
                    }
                }
            }
        }
    }

    fn enter(&mut self, node: usize) {
        self.order[node] = self.seen;
        self.lowest[node] = self.seen;
        self.seen += 1;
        self.open.push(node);
        self.is_open[node] = true;
    }

    fn leave(&mut self, node: usize) {
        if self.lowest[node] != self.order[node] {
            return;
        }
        while let Some(member) = self.open.pop() {
            self.is_open[member] = false;
            self.component[member] = node;
            if member == node {
                break;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::BinaryOp;
    use crate::ir::build::*;

    #[test]
    fn only_loops_carry() {
        let double = |of| binary(BinaryOp::Multiply, local(of), number(2.0));
        let condition = binary(BinaryOp::Less, uniform(), number(1.0));
        // 0 and 1 go round by way of each other, 2 by itself; 3 only reads, and 4 is doubled once.
        let round = vec![assign(0, double(1)), assign(1, local(0)), assign(3, double(2))];
        let body = vec![
            declare(0, number(1.0)),
            declare(1, number(1.0)),
            declare(2, number(1.0)),
            declare(3, number(1.0)),
            declare(4, number(1.0)),
            assign(4, double(4)),
            repeat(condition, assign(2, double(2)), round),
        ];
        let kernel = kernel(5, body);
        let definitions = Definitions::of(&kernel);
        let found = carried(&definitions);
        let of = |local: u32| found[definitions.local(0, crate::ir::LocalId(local)).0];
        assert_eq!([0, 1, 2, 3, 4].map(of), [true, true, true, false, false]);
    }
}
