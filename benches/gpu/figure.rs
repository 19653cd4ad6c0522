//! What was measured, and the lines in which other processes tell it.

use std::fmt;

use benches::Outcome;

/// Who was measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Who {
    /// HPC.js.
    Ours,
    /// HPC.js, whose large runs are not tuned.
    NotTuned,
    /// WGSL written by hand, through wgpu.
    Wgsl,
    /// The device's copy from one buffer to another.
    Copy,
    /// CUDA C++.
    Cuda,
    /// Taichi.
    Taichi,
}

impl Who {
    /// What people know it by.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Ours => "HPC.js",
            Self::NotTuned => "not tuned",
            Self::Wgsl => "careful WGSL",
            Self::Copy => "copy",
            Self::Cuda => "CUDA",
            Self::Taichi => "Taichi",
        }
    }
}

impl fmt::Display for Who {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// A row and the figure in its unit.
pub(crate) type RowFigure = (&'static str, f64);

/// One figure.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Figure {
    pub(crate) who: Who,
    /// The row it is for.
    pub(crate) row: String,
    /// Which of several ways to do the same, in one word.
    pub(crate) variant: String,
    /// In the row's unit; or why there is none.
    pub(crate) value: Outcome<f64>,
}

impl Figure {
    /// How another process of ours tells it.
    pub(crate) fn line(&self) -> String {
        let Self { row, variant, .. } = self;
        match &self.value {
            Ok(value) => format!("rate {row} {variant} {value}"),
            Err(error) => format!("failed {row} {variant} {}", error.replace('\n', " ")),
        }
    }
}

/// A line of another process.
///
/// | line | what |
/// |---|---|
/// | `rate ROW VARIANT NUMBER` | a figure |
/// | `failed ROW VARIANT WORDS` | why there is none |
/// | `picked ROW VARIANT NUMBERS` | elements of the output after one pass, to be compared |
#[derive(Debug, PartialEq)]
pub(crate) enum Line {
    /// A figure or its failure.
    Figure(Figure),
    /// Elements of the output of a row's variant.
    Picked { row: String, variant: String, elements: Vec<f32> },
}

/// Understands what another process has written, line by line. An error is a line that is none of the above.
pub(crate) fn parse(who: Who, text: &str) -> impl Iterator<Item = Outcome<Line>> {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines.map(move |line| parse_line(who, line).ok_or_else(|| format!("it says `{line}`")))
}

fn parse_line(who: Who, line: &str) -> Option<Line> {
    let mut words = line.splitn(4, ' ');
    let (word, row, variant) = (words.next()?, words.next()?.to_owned(), words.next()?.to_owned());
    let rest = words.next()?;
    let value = match word {
        "rate" => Ok(rest.trim().parse().ok()?),
        "failed" => Err(rest.to_owned()),
        "picked" => {
            let elements = rest.split_whitespace().map(|word| word.parse().ok()).collect::<Option<_>>()?;
            return Some(Line::Picked { row, variant, elements });
        }
        _ => return None,
    };
    Some(Line::Figure(Figure { who, row, variant, value }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_survive_the_way_through_a_pipe() {
        for value in [Ok(12.5), Err("off by more".to_owned())] {
            let (row, variant) = ("W1".to_owned(), "scalar".to_owned());
            let figure = Figure { who: Who::NotTuned, row, variant, value };
            let parsed: Vec<_> = parse(Who::NotTuned, &figure.line()).collect();
            assert_eq!(parsed, [Ok(Line::Figure(figure))]);
        }
    }

    #[test]
    fn elements_are_read_and_other_talk_is_refused() {
        let (row, variant) = ("W2".to_owned(), "plain".to_owned());
        let picked = Line::Picked { row, variant, elements: vec![1.0, -2.5] };
        let mut parsed = parse(Who::Cuda, "picked W2 plain 1 -2.5\n\nrate W1 scalar fast\nCUDA error 2\n");
        assert_eq!(parsed.next(), Some(Ok(picked)));
        assert!(parsed.all(|line| line.is_err()));
    }
}
