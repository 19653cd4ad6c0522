//! The kernels in `tests/conformance/reject/`: each must give the errors that its comments announce, where they announce them.
//! The folder's `README.md` explains the form.

mod support;

use std::fmt::Write;
use std::fs;
use std::path::Path;

use compiler::diagnostics::{Diagnostic, Origin, line_and_column, render};

const TITLE: &str = "// ---- ";
const MARK: &str = "// error: ";

#[test]
fn kernels_are_refused_where_they_should_be() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/conformance/reject");
    let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<_> = entries.map(|entry| entry.expect("the folder can be listed").path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "js"));
    files.sort();
    assert!(!files.is_empty(), "no kernels found");
    let mut count = 0;
    let mut problems = String::new();
    for path in files {
        let text = fs::read_to_string(&path).expect("the file can be read");
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        for kernel in kernels(&text) {
            count += 1;
            if let Some(problem) = kernel.problem() {
                write!(problems, "\n{name}, {}: {problem}\n{}", kernel.title, kernel.source)
                    .expect("text can be written");
            }
        }
    }
    assert!(problems.is_empty(), "{problems}");
    println!("{count} kernels refused");
}

/// One kernel and what its comments announce.
struct Kernel<'t> {
    title: &'t str,
    source: &'t str,
    announced: Vec<Announced<'t>>,
}

/// `// error: CODE|CODE at "text"` on a line.
struct Announced<'t> {
    line: u32,
    codes: Vec<&'t str>,
    text: &'t str,
}

fn kernels(file: &str) -> impl Iterator<Item = Kernel<'_>> {
    file.split(TITLE).skip(1).map(|section| {
        let (title, source) = section.split_once('\n').expect("a kernel follows its title");
        let announced =
            source.lines().zip(1..).filter_map(|(line, number)| announcement(line, number)).collect();
        Kernel { title, source, announced }
    })
}

fn announcement(line: &str, number: u32) -> Option<Announced<'_>> {
    let (codes, rest) = line.split_once(MARK)?.1.split_once(" at \"").expect("a code and a text");
    let text = rest.trim_end().strip_suffix('"').expect("the text is quoted");
    Some(Announced { line: number, codes: codes.split('|').collect(), text })
}

impl Kernel<'_> {
    /// How the compiler's answer differs from the comments, if it does.
    fn problem(&self) -> Option<String> {
        assert!(!self.announced.is_empty(), "{} announces nothing", self.title);
        let has_canvas = !self.source.contains("// interface: no canvas");
        let Err(diagnostics) = compiler::compile(self.source, &support::interface_with_canvas(has_canvas))
        else {
            return Some("it compiles".to_owned());
        };
        let is_met =
            |announced: &Announced<'_>| diagnostics.iter().any(|found| announced.is(found, self.source));
        let unmet = self.announced.iter().find(|announced| !is_met(announced));
        let is_announced =
            |found: &Diagnostic| self.announced.iter().any(|announced| announced.is(found, self.source));
        let surplus = diagnostics.iter().find(|found| !is_announced(found));
        let what = match (unmet, surplus) {
            (Some(unmet), _) => {
                format!("no {} at {:?} in line {}", unmet.codes.join("|"), unmet.text, unmet.line)
            }
            (None, Some(_)) => "more errors than announced".to_owned(),
            (None, None) => return None,
        };
        let rendered = render(&diagnostics, self.source, &Origin::default());
        Some(format!("{what}, but\n{rendered}"))
    }
}

impl Announced<'_> {
    /// Whether a diagnostic is the announced one: the code, the line, and that it underlines the text or a part that
    /// starts or ends with it.
    fn is(&self, found: &Diagnostic, source: &str) -> bool {
        let underlined = found.span().text(source);
        let (line, _) = line_and_column(source, found.span().start);
        let code = found.code.to_string();
        let overlaps =
            !underlined.is_empty() && (underlined.contains(self.text) || self.text.contains(underlined));
        self.codes.contains(&code.as_str()) && line == self.line && overlaps
    }
}
