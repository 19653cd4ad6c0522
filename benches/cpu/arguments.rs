//! What the command line asks for.

use crate::contest::Outcome;
use crate::workloads::{ALL, Make, Scale};

const HELP: &str = "\
cargo xtask bench cpu [--quick] [--rounds N] [W1 ... W6]

    --quick      small sizes: shows that everything works; its figures mean nothing
    --rounds N   how often each contestant runs, warm-up aside (5)
    W1 ... W6    only these workloads";

/// The options, and which workloads; none named means all.
#[derive(Debug, PartialEq)]
pub(crate) struct Arguments {
    pub(crate) scale: Scale,
    /// Timed runs of each contestant.
    pub(crate) rounds: usize,
    ids: Vec<String>,
}

impl Arguments {
    /// Understands the words of the command line.
    ///
    /// # Errors
    ///
    /// What is wrong, and the help.
    pub(crate) fn parse(words: &[String]) -> Outcome<Self> {
        let mut parsed = Self { scale: Scale::Full, rounds: 5, ids: Vec::new() };
        let mut words = words.iter();
        while let Some(word) = words.next() {
            match word.as_str() {
                "--quick" => parsed.scale = Scale::Quick,
                "--rounds" => parsed.rounds = rounds(words.next())?,
                id if ALL.iter().any(|(known, _)| id.eq_ignore_ascii_case(known)) => {
                    parsed.ids.push(id.to_ascii_uppercase());
                }
                other => return Err(format!("bench: `{other}` is not understood\n\n{HELP}")),
            }
        }
        Ok(parsed)
    }

    /// The workloads asked for, in their own order.
    pub(crate) fn workloads(&self) -> impl Iterator<Item = Make> {
        let is_wanted = |id: &str| self.ids.is_empty() || self.ids.iter().any(|wanted| wanted == id);
        ALL.iter().filter(move |(id, _)| is_wanted(id)).map(|&(_, make)| make)
    }
}

fn rounds(word: Option<&String>) -> Outcome<usize> {
    let number = word.and_then(|word| word.parse().ok()).filter(|&rounds| rounds > 0);
    number.ok_or_else(|| format!("bench: `--rounds` needs a number above 0\n\n{HELP}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Outcome<Arguments> {
        Arguments::parse(&line.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn reads_options_and_workloads_in_any_order() {
        let parsed = parse("w3 --rounds 7 W5 --quick").unwrap();
        let ids = vec!["W3".to_owned(), "W5".to_owned()];
        assert_eq!(parsed, Arguments { scale: Scale::Quick, rounds: 7, ids });
        assert_eq!(parsed.workloads().count(), 2);
        assert_eq!(parse("").unwrap().workloads().count(), ALL.len());
    }

    #[test]
    fn refuses_what_it_does_not_know() {
        for line in ["W7", "--fast", "--rounds", "--rounds 0", "--rounds many"] {
            assert!(parse(line).unwrap_err().contains("cargo xtask bench cpu"), "{line}");
        }
    }
}
