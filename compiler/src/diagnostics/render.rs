//! Diagnostics as text: the code and message, the user's line underlined, why, and how to mend it.
//!
//! ```text
//! error[HPC0201]: `+` does not fit a vec2 and a number
//!  --> kernel.js:3:11
//!   |
//! 3 |   let w = vec2(1, 2) + 1;
//!   |           ----------^^^-
//!   |           |            |
//!   |           |            number
//!   |           vec2
//!   |
//!   = help: vectors have methods for this: `vec2(1, 2).plus(vec2(1))`
//! ```

use super::{Diagnostic, Label, line_and_column};

/// Where a kernel's text stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The name of its file.
    pub file: String,
    /// The line there of the text's first line, counted from 1.
    pub line: u32,
    /// What stands in that line before the text.
    pub before: String,
}

impl Default for Origin {
    fn default() -> Self {
        Self::in_file("kernel.js")
    }
}

impl Origin {
    /// A text that is all of its file.
    pub fn in_file(name: &str) -> Self {
        Self { file: name.into(), line: 1, before: String::new() }
    }
}

/// How many columns of a line are shown.
const WIDTH: usize = 140;
/// How many of them stand before the first mark of a line that is longer.
const BEFORE: usize = 40;

/// Renders `diagnostics` one after the other as plain text, with the file and the lines of `origin`.
pub fn render(diagnostics: &[Diagnostic], source: &str, origin: &Origin) -> String {
    let text = format!("{}{source}", origin.before);
    let texts: Vec<String> = diagnostics.iter().map(|diagnostic| report(diagnostic, &text, origin)).collect();
    texts.join("\n\n")
}

fn report(diagnostic: &Diagnostic, text: &str, origin: &Origin) -> String {
    let before = origin.before.len() as u32;
    let (first, column) = line_and_characters(text, before + diagnostic.span().start);
    let lines = marked_lines(diagnostic, text, before);
    let number = |line: usize| origin.line as usize + line;
    let gutter = lines.last().map_or(0, |line| number(line.position)).to_string().len();
    let margin = " ".repeat(gutter);
    let Diagnostic { code, message, notes, help, .. } = diagnostic;
    let place = format!("{}:{}:{column}", origin.file, number(first));
    let mut report = format!("error[{code}]: {message}\n{margin}--> {place}\n{margin} |");
    let mut previous = None;
    for line in &lines {
        match previous.map(|previous| line.position - previous) {
            Some(2) => {
                let between = line.position - 1;
                report += &shown_line(gutter, number(between), &part_of(line_at(text, between), 0));
            }
            Some(distance) if distance > 2 => report += "\n...",
            _ => {}
        }
        previous = Some(line.position);
        report += &line.shown(gutter, number(line.position), line_at(text, line.position));
    }
    let said = notes.iter().map(|note| ("note", note)).chain(help.iter().map(|help| ("help", help)));
    for (position, (word, said)) in said.enumerate() {
        if position == 0 {
            report += &format!("\n{margin} |");
        }
        let said = said.replace('\n', &format!("\n{margin}         "));
        report += &format!("\n{margin} = {word}: {said}");
    }
    report
}

/// The line of a byte, from 0, and its column in characters, from 1.
fn line_and_characters(text: &str, offset: u32) -> (usize, usize) {
    let line = line_and_column(text, offset).0 as usize - 1;
    let offset = (offset as usize).min(text.len());
    let start = start_of(text, line).min(offset);
    (line, text.get(start..offset).map_or(0, |before| before.chars().count()) + 1)
}

/// Where a line starts.
fn start_of(text: &str, line: usize) -> usize {
    text.split_inclusive('\n').take(line).map(str::len).sum()
}

fn line_at(text: &str, line: usize) -> &str {
    text.split('\n').nth(line).unwrap_or_default().trim_end_matches('\r')
}

/// A line with what is to be said of it.
struct MarkedLine<'d> {
    position: usize,
    /// From left to right.
    marks: Vec<Mark<'d>>,
}

/// A part of a line.
struct Mark<'d> {
    /// The first column, and the one behind the last.
    start: usize,
    end: usize,
    text: &'d str,
    is_primary: bool,
}

/// The lines that a diagnostic names, in order. What goes on in the next line is marked to the end of its first.
fn marked_lines<'d>(diagnostic: &'d Diagnostic, text: &str, before: u32) -> Vec<MarkedLine<'d>> {
    let mut lines: Vec<MarkedLine<'d>> = Vec::new();
    for (position, Label { span, text: label }) in diagnostic.labels.iter().enumerate() {
        let (line, _) = line_and_characters(text, before + span.start);
        let (start, content) = (start_of(text, line), line_at(text, line));
        let column = |offset: u32| {
            let inside = ((before + offset) as usize).saturating_sub(start).min(content.len());
            content.get(..inside).map_or(0, |part| part.chars().map(width).sum::<usize>())
        };
        let (first, end) = (column(span.start), column(span.end));
        let mark = Mark { start: first, end: end.max(first + 1), text: label, is_primary: position == 0 };
        let place = lines.partition_point(|other| other.position < line);
        if lines.get(place).is_none_or(|other| other.position != line) {
            lines.insert(place, MarkedLine { position: line, marks: Vec::new() });
        }
        let marks = &mut lines[place].marks;
        marks.insert(marks.partition_point(|other| other.start <= mark.start), mark);
    }
    lines
}

impl MarkedLine<'_> {
    /// The line, and below it what is said of it.
    fn shown(&self, gutter: usize, number: usize, content: &str) -> String {
        let columns: usize = content.chars().map(width).sum();
        let is_long = columns > WIDTH && self.marks.iter().any(|mark| mark.end > WIDTH - BEFORE);
        let first = self.marks.first().map_or(0, |mark| mark.start);
        let left = if is_long { first.saturating_sub(BEFORE) } else { 0 };
        let mut shown = shown_line(gutter, number, &part_of(content, left));
        for row in self.rows(left) {
            let row: String = row.into_iter().collect();
            shown += &format!("\n{:gutter$} | {}", "", row.trim_end());
        }
        shown
    }

    /// What stands below the line: the marks, the texts that find room beside them, and the others below their marks.
    fn rows(&self, left: usize) -> Vec<Vec<char>> {
        let at = |column: usize| column.saturating_sub(left).min(WIDTH);
        let mut rows = vec![self.underlines(&at)];
        for mark in self.marks.iter().filter(|mark| !mark.text.is_empty() && !self.hangs(mark)) {
            put_text(&mut rows[0], at(mark.end) + 1, mark.text);
        }
        let hanging: Vec<&Mark<'_>> = self.marks.iter().filter(|mark| self.hangs(mark)).collect();
        // The last text comes first, so that no bar goes through one.
        for count in (0..=hanging.len()).rev().filter(|_| !hanging.is_empty()) {
            let mut row = Vec::new();
            hanging[..count].iter().for_each(|mark| put(&mut row, at(mark.start), '|'));
            if let Some(mark) = hanging.get(count) {
                put_text(&mut row, at(mark.start), mark.text);
            }
            rows.push(row);
        }
        rows
    }

    /// The marks: the longer ones first, so that the shorter ones are seen on them.
    fn underlines(&self, at: &impl Fn(usize) -> usize) -> Vec<char> {
        let mut row = Vec::new();
        let primary = self.marks.iter().find(|mark| mark.is_primary);
        let is_below = |mark: &Mark<'_>| {
            primary.is_some_and(|primary| mark.end - mark.start >= primary.end - primary.start)
        };
        let others = || self.marks.iter().filter(|mark| !mark.is_primary);
        let in_order = others()
            .filter(|mark| is_below(mark))
            .chain(primary)
            .chain(others().filter(|mark| !is_below(mark)));
        for mark in in_order {
            let sign = if mark.is_primary { '^' } else { '-' };
            (at(mark.start)..at(mark.end)).for_each(|column| put(&mut row, column, sign));
        }
        row
    }

    /// Whether the text of a mark finds no room beside it.
    fn hangs(&self, mark: &Mark<'_>) -> bool {
        let end = mark.end + mark.text.chars().count() + 2;
        let is_in_the_way =
            |other: &Mark<'_>| !std::ptr::eq(other, mark) && other.start < end && mark.start < other.end;
        !mark.text.is_empty() && self.marks.iter().any(is_in_the_way)
    }
}

fn shown_line(gutter: usize, number: usize, content: &str) -> String {
    format!("\n{number:>gutter$} | {content}").trim_end().to_owned()
}

/// The part of a line that is shown, from the column `left` on. Three points on either side stand for what is left out.
fn part_of(content: &str, left: usize) -> String {
    let (mut column, mut part) = (0, Vec::new());
    for sign in content.chars() {
        if (left..left + WIDTH).contains(&column) {
            match sign {
                '\t' => part.extend([' '; 4]),
                sign if sign.is_control() => part.push(char::REPLACEMENT_CHARACTER),
                sign => part.push(sign),
            }
        }
        column += width(sign);
    }
    let count = part.len();
    if left > 0 {
        part.iter_mut().take(3).for_each(|sign| *sign = '.');
    }
    if column > left + WIDTH {
        part.iter_mut().skip(count.saturating_sub(3)).for_each(|sign| *sign = '.');
    }
    part.into_iter().collect()
}

fn put(row: &mut Vec<char>, column: usize, sign: char) {
    if row.len() <= column {
        row.resize(column + 1, ' ');
    }
    row[column] = sign;
}

fn put_text(row: &mut Vec<char>, column: usize, text: &str) {
    text.chars().enumerate().for_each(|(place, sign)| put(row, column + place, sign));
}

/// How many columns a character takes.
fn width(character: char) -> usize {
    match character {
        '\t' => 4,
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{fe00}'..='\u{fe0f}' => 0,
        '\u{1100}'..='\u{115f}'
        | '\u{2e80}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}'
        | '\u{ff00}'..='\u{ff60}'
        | '\u{1f300}'..='\u{1faff}'
        | '\u{20000}'..='\u{3fffd}' => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::{Code, Span};

    /// What is said of the first `#` of a text, and of others.
    fn rendered(text: &str, labels: &[(&str, &str)], origin: &Origin) -> String {
        let place = |part: &str| {
            let start = text.find(part).expect("the part is there") as u32;
            Span { start, end: start + part.len() as u32 }
        };
        let mut diagnostic = Diagnostic::new(Code::SyntaxError, place(labels[0].0)).message("a mistake");
        diagnostic = diagnostic.label(labels[0].1);
        for (part, label) in &labels[1..] {
            diagnostic = diagnostic.and_label(place(part), *label);
        }
        render(&[diagnostic], text, origin)
    }

    #[test]
    fn lines_between_are_shown_if_it_is_one() {
        let labels = [("mistake", "here"), ("first", "declared"), ("last", "used")];
        let text = rendered("first\n\n  mistake\nb\nc\nlast", &labels, &Origin::default());
        let lines = [
            "error[HPC0001]: a mistake",
            " --> kernel.js:3:3",
            "  |",
            "1 | first",
            "  | ----- declared",
            "2 |",
            "3 |   mistake",
            "  |   ^^^^^^^ here",
            "...",
            "6 | last",
            "  | ---- used",
        ];
        assert_eq!(text.lines().collect::<Vec<_>>(), lines);
    }

    #[test]
    fn columns_are_those_of_the_file_and_of_what_is_seen() {
        let origin = Origin { file: "a.js".into(), line: 99, before: "const k = ".into() };
        let text = rendered("\t\u{5b57} mistake\r\n", &[("mistake", "")], &origin);
        let lines = [
            "error[HPC0001]: a mistake",
            "  --> a.js:99:14",
            "   |",
            "99 | const k =     \u{5b57} mistake",
            "   |                  ^^^^^^^",
        ];
        assert_eq!(text.lines().collect::<Vec<_>>(), lines);
    }

    #[test]
    fn what_goes_on_in_the_next_line_is_marked_to_the_end_of_its_first() {
        let text = rendered("a = b +\n  c;", &[("b +\n  c", "")], &Origin::default());
        assert!(text.ends_with("1 | a = b +\n  |     ^^^"), "{text}");
    }

    #[test]
    fn of_a_long_line_the_part_around_the_mark_is_shown() {
        let source = format!("{} mistake {}", "a;".repeat(500), "b;".repeat(500));
        let text = rendered(&source, &[("mistake", "here"), ("a;", "far away")], &Origin::default());
        let lines: Vec<&str> = text.lines().collect();
        assert!(lines.iter().all(|line| line.chars().count() < 170), "{text}");
        let text = rendered(&source, &[("mistake", "here")], &Origin::default());
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[3].find("mistake"), lines[4].find("^^^^^^^ here"), "{text}");
        assert!(lines[3].contains("| ...") && lines[3].ends_with("..."), "{text}");
    }
}
