//! Loops, and jumps out of them. All end: by a number of rounds that is known here, or as they count their rounds themselves.

use super::exact::raw_uniform;
use super::{Kind, Loop, Printer};
use crate::tree::{Bool, Count, Jump, Statement};

/// How many rounds a loop has whose ends are unknown here.
const ROUNDS: u8 = 12;
/// Integers do not go on beyond this by ones.
const LAST: f64 = 9_007_199_254_740_992.0;

impl Printer {
    /// A `for` loop.
    pub(super) fn count(&mut self, count: &Count, body: &[Statement]) {
        let outside = self.variables.len();
        let (start, test, step, is_endless) = match count {
            Count::Up(end) => ("0".to_owned(), format!("$ < {end}"), "$++".to_owned(), false),
            Count::Down(start) => (start.to_string(), "$ > 0".to_owned(), "$--".to_owned(), false),
            Count::Twos(end) => ("0".to_owned(), format!("$ <= {end}"), "$ += 2".to_owned(), false),
            Count::From(start, before) => {
                let end = (start + f64::from(before + 3)).min(LAST);
                (start.to_string(), format!("$ < {end}"), "$++".to_owned(), false)
            }
            Count::DownFrom(start, rounds) => {
                (start.to_string(), format!("$ >= {}", start - f64::from(*rounds)), "$--".to_owned(), false)
            }
            Count::Uniform(which) => {
                ("0".to_owned(), format!("$ < {}", raw_uniform(*which)), "$++".to_owned(), true)
            }
            Count::Between(up, step, from, to) => {
                let (from, to) = (self.int(from).text, self.int(to).operand());
                let (comparison, op) = if *up { ("<", "+=") } else { (">", "-=") };
                (from, format!("$ {comparison} {to}"), format!("$ {op} {step}"), true)
            }
            Count::Row(buffer, index) => {
                let index = self.int(index).operand();
                let start = format!("Math.floor({})", self.raw_load(*buffer, &index));
                let end = self.raw_load(*buffer, &format!("{index} + 1"));
                (start, format!("$ < {end}"), "$++".to_owned(), true)
            }
            Count::Digits(true, of) => (
                format!("{} >>> 0", self.int(of).operand()),
                "$ !== 0".to_owned(),
                "$ >>>= 3".to_owned(),
                false,
            ),
            Count::Digits(false, of) => {
                let start = format!("Math.abs({})", self.int(of).text);
                (start, "$ >= 1".to_owned(), "$ = Math.floor($ / 10)".to_owned(), true)
            }
        };
        let fuel = is_endless.then(|| self.fuel());
        let k = self.declare("k", Kind::Int, false);
        let (test, step) = (test.replace('$', &k), step.replace('$', &k));
        let head = format!("for (let {k} = {start}; {test}; {step}) {{");
        self.looped(&head, "}", fuel.as_deref(), body);
        self.variables.truncate(outside);
    }

    /// A `while` or `do … while` loop of at most so many rounds. Its counter stands before it and stays.
    pub(super) fn repeat(&mut self, tests_first: bool, rounds: u8, condition: &Bool, body: &[Statement]) {
        let condition = self.bool(condition).operand();
        let k = self.declare("k", Kind::Int, false);
        self.line(&format!("let {k} = 0;"));
        let test = format!("{k} < {rounds} && {condition}");
        match tests_first {
            true => self.looped(&format!("while ({test}) {{ {k}++;"), "}", None, body),
            false => self.looped(&format!("do {{ {k}++;"), &format!("}} while ({test});"), None, body),
        }
    }

    /// Declares what counts the rounds of a loop that may have no end. Gives what ends it.
    fn fuel(&mut self) -> String {
        let fuel = self.declare("fuel", Kind::Int, false);
        self.line(&format!("let {fuel} = 0;"));
        format!("if ({fuel}++ >= {ROUNDS}) break;")
    }

    fn looped(&mut self, head: &str, tail: &str, first: Option<&str>, body: &[Statement]) {
        let label = format!("loop{}", self.loops.len());
        self.loops.push(Loop { label, label_is_used: false, switches: std::mem::take(&mut self.switches) });
        let before = std::mem::take(&mut self.text);
        self.depth += 1;
        if let Some(first) = first {
            self.line(first);
        }
        self.block(body);
        self.close(tail);
        let rest = std::mem::replace(&mut self.text, before);
        if let Some(Loop { label, label_is_used, switches }) = self.loops.pop() {
            self.switches = switches;
            self.line(&if label_is_used { format!("{label}: {head}") } else { head.to_owned() });
        }
        self.text += &rest;
    }

    /// A jump that is possible here.
    pub(super) fn jump(&mut self, jump: Jump, outer: u8) -> Option<String> {
        let word = match jump {
            Jump::Return if self.is_in_function => return Some(format!("return {outer}")),
            Jump::Return => return Some("return".to_owned()),
            Jump::Break if self.loops.is_empty() => return (self.switches > 0).then(|| "break".to_owned()),
            Jump::Break => "break",
            Jump::Continue => "continue",
        };
        let innermost = self.loops.len().checked_sub(1)?;
        let target = innermost - usize::from(outer) % self.loops.len();
        let is_plain = target == innermost && (self.switches == 0 || word == "continue");
        if is_plain {
            return Some(word.to_owned());
        }
        self.loops[target].label_is_used = true;
        Some(format!("{word} {}", self.loops[target].label))
    }
}
