//! In which order functions are lowered: a callee before its callers where calls would go deep.
//!
//! Lowering goes into a function where it is first called, which is a recursion as long as the longest chain of calls. So where chains are long,
//! functions are lowered in an order that makes them short: who is named in the text of a function comes before it. That is a guess, as
//! names in comments count too; where it is wrong nothing is, but that the depth is counted.

use super::Lowerer;
use super::names::words;

/// How deep calls may go where the order is that of the text.
const SHALLOW: usize = 16;

impl Lowerer<'_> {
    /// The order in which functions are lowered.
    pub(super) fn function_order(&self) -> Vec<usize> {
        if self.functions.len() <= SHALLOW {
            return (0..self.functions.len()).collect();
        }
        let (callees, functions) = (self.callees(), &self.functions);
        let (mut order, mut deepest) = (Vec::new(), 0);
        let mut is_seen = vec![false; functions.len()];
        for first in 0..functions.len() {
            // The functions on the way to the one at hand, and how many of their callees have been looked at.
            let mut path = Vec::new();
            if !std::mem::replace(&mut is_seen[first], true) {
                path.push((first, 0));
            }
            while let Some((function, looked)) = path.last_mut() {
                let (function, next) = (*function, *looked);
                *looked += 1;
                match callees[function].get(next) {
                    Some(&callee) if !std::mem::replace(&mut is_seen[callee], true) => path.push((callee, 0)),
                    Some(_) => {}
                    None => {
                        deepest = deepest.max(path.len());
                        order.push(function);
                        path.pop();
                    }
                }
            }
        }
        if deepest > SHALLOW { order } else { (0..functions.len()).collect() }
    }

    /// The functions that are named in the text of each.
    fn callees(&self) -> Vec<Vec<usize>> {
        let named = |text: &str| words(text).filter_map(|(_, word)| self.function_named(word)).collect();
        self.functions.iter().map(|function| named(self.text(function.syntax.span))).collect()
    }
}
