//! What the command line asks for.

use crate::Outcome;

/// How large the workloads are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// The sizes that the targets are for.
    Full,
    /// As small as shows that everything works.
    Quick,
}

impl Scale {
    /// The one or the other.
    pub fn pick<T>(self, full: T, quick: T) -> T {
        match self {
            Self::Full => full,
            Self::Quick => quick,
        }
    }
}

/// What a program understands.
#[derive(Clone, Copy, Debug)]
pub struct Usage {
    /// Shown after every mistake.
    pub help: &'static str,
    /// The names of its workloads.
    pub workloads: &'static [&'static str],
}

/// The options, and which workloads; none named means all.
#[derive(Debug, PartialEq)]
pub struct Arguments {
    /// The sizes.
    pub scale: Scale,
    /// Timed runs of each contestant.
    pub rounds: usize,
    ids: Vec<String>,
}

impl Arguments {
    /// Understands the words of the command line.
    ///
    /// # Errors
    ///
    /// What is wrong, and the help.
    pub fn parse(words: &[String], usage: Usage) -> Outcome<Self> {
        let mut parsed = Self { scale: Scale::Full, rounds: 5, ids: Vec::new() };
        let mut words = words.iter();
        while let Some(word) = words.next() {
            match word.as_str() {
                "--quick" => parsed.scale = Scale::Quick,
                "--rounds" => parsed.rounds = rounds(words.next(), usage)?,
                id if usage.workloads.iter().any(|known| id.eq_ignore_ascii_case(known)) => {
                    parsed.ids.push(id.to_ascii_uppercase());
                }
                other => return Err(format!("bench: `{other}` is not understood\n\n{}", usage.help)),
            }
        }
        Ok(parsed)
    }

    /// Whether the workload called `id` is asked for.
    pub fn wants(&self, id: &str) -> bool {
        self.ids.is_empty() || self.ids.iter().any(|wanted| wanted == id)
    }
}

fn rounds(word: Option<&String>, usage: Usage) -> Outcome<usize> {
    let number = word.and_then(|word| word.parse().ok()).filter(|&rounds| rounds > 0);
    number.ok_or_else(|| format!("bench: `--rounds` needs a number above 0\n\n{}", usage.help))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Outcome<Arguments> {
        let words: Vec<_> = line.split_whitespace().map(str::to_owned).collect();
        Arguments::parse(&words, Usage { help: "what there is", workloads: &["W3", "W4", "W5"] })
    }

    #[test]
    fn reads_options_and_workloads_in_any_order() {
        let parsed = parse("w3 --rounds 7 W5 --quick").unwrap();
        let ids = vec!["W3".to_owned(), "W5".to_owned()];
        assert_eq!(parsed, Arguments { scale: Scale::Quick, rounds: 7, ids });
        assert!(parsed.wants("W3") && !parsed.wants("W4"));
        assert!(parse("").unwrap().wants("W4"));
    }

    #[test]
    fn refuses_what_it_does_not_know() {
        for line in ["W7", "--fast", "--rounds", "--rounds 0", "--rounds many"] {
            assert!(parse(line).unwrap_err().contains("what there is"), "{line}");
        }
    }
}
