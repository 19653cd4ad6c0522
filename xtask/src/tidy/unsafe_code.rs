//! Every use of `unsafe` says why it is sound, and `docs/unsafe.md` lists how many there are, file by file.

use std::collections::BTreeMap;

use super::{Problems, Repository};

const INVENTORY: &str = "docs/unsafe.md";
/// Spelled in two halves, so that this file passes its own check.
const KEYWORD: &str = concat!("un", "safe");

pub(super) fn check(repository: &Repository) -> Problems {
    let mut listed = inventory(repository.text(INVENTORY));
    let mut problems = Problems::new();
    for (path, text) in repository.rust_files() {
        let uses = uses(text);
        let count = listed.remove(path).unwrap_or_default();
        if count != uses.len() {
            let found = uses.len();
            problems.push(format!(
                "{INVENTORY} counts {count} uses of {KEYWORD} in {path}, and there are {found}"
            ));
        }
        let silent = uses.iter().filter(|found| !found.is_argued);
        problems.extend(silent.map(|found| {
            format!(
                "{path}:{}: {KEYWORD} without `SAFETY:` above it, or `# Safety` for a function",
                found.line
            )
        }));
    }
    problems.extend(listed.keys().map(|path| format!("{INVENTORY}: {path} is no file of Rust here")));
    problems
}

/// The counts in rows such as `| `engine/src/memory.rs` | 5 | why |`.
fn inventory(text: &str) -> BTreeMap<&str, usize> {
    text.lines().filter_map(row).collect()
}

fn row(line: &str) -> Option<(&str, usize)> {
    let (path, rest) = line.strip_prefix("| `")?.split_once("` | ")?;
    Some((path, rest.split_once(" |")?.0.parse().ok()?))
}

/// A use of the keyword in code.
#[derive(Debug, PartialEq)]
struct Use {
    /// Counted from 1.
    line: usize,
    is_argued: bool,
}

fn uses(text: &str) -> Vec<Use> {
    let lines: Vec<&str> = text.lines().collect();
    let found = lines.iter().enumerate().filter_map(|(index, line)| {
        let is_argued = match kind(line)? {
            Kind::Declaration => true,
            Kind::Function => is_argued(&lines[..index]) || is_in_argued_impl(&lines[..=index]),
            Kind::Block => is_argued(&lines[..index]),
        };
        Some(Use { line: index + 1, is_argued })
    });
    found.collect()
}

enum Kind {
    /// A block or an implementation: whoever writes it promises something.
    Block,
    /// A function: whoever calls it promises something.
    Function,
    /// Functions of others, and attributes.
    Declaration,
}

/// What a line of rustfmt's uses the keyword for. Words in texts are followed by none of these.
fn kind(line: &str) -> Option<Kind> {
    let code = line.split("//").next().unwrap_or_default();
    let (_, rest) = code.split_once(KEYWORD)?;
    let rest = rest.trim_start();
    match () {
        () if rest.starts_with('{') || rest.starts_with("impl") => Some(Kind::Block),
        () if rest.starts_with("fn ") || (rest.starts_with("extern") && rest.contains(" fn ")) => {
            Some(Kind::Function)
        }
        () if rest.starts_with("extern") || rest.starts_with('(') => Some(Kind::Declaration),
        () => None,
    }
}

/// Whether a comment above the last statement that these lines lead to argues.
fn is_argued(above: &[&str]) -> bool {
    let mut lines = above.iter().rev().map(|line| line.trim());
    let belongs =
        |line: &&str| line.starts_with("//") || !(line.is_empty() || line.ends_with([';', '{', '}', ',']));
    lines
        .by_ref()
        .take_while(belongs)
        .any(|line| line.starts_with("//") && (line.contains("SAFETY:") || line.contains("# Safety")))
}

/// Whether the last line is inside of an implementation that is a use of the keyword itself, and is judged there.
fn is_in_argued_impl(lines: &[&str]) -> bool {
    let indentation = |line: &str| line.len() - line.trim_start().len();
    let Some((last, above)) = lines.split_last() else { return false };
    let outer =
        above.iter().rev().find(|line| !line.trim().is_empty() && indentation(line) < indentation(last));
    outer.is_some_and(|line| line.starts_with(KEYWORD))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(text: &str) -> Vec<(usize, bool)> {
        let uses = uses(&text.replace("UNSAFE", KEYWORD));
        uses.into_iter().map(|found| (found.line, found.is_argued)).collect()
    }

    #[test]
    fn a_block_needs_an_argument_of_its_own() {
        assert_eq!(judged("// SAFETY: it is.\nlet a = UNSAFE { b() };"), [(2, true)]);
        assert_eq!(judged("// SAFETY: it is.\nlet a =\n    UNSAFE { b() };"), [(3, true)]);
        assert_eq!(judged("// SAFETY: it is.\nb();\nlet a = UNSAFE { b() };"), [(3, false)]);
        assert_eq!(judged("// It is.\nlet a = UNSAFE { b() };"), [(2, false)]);
        assert_eq!(judged("UNSAFE impl Send for A {}"), [(1, false)]);
    }

    #[test]
    fn a_function_says_what_its_callers_promise() {
        assert_eq!(judged("/// # Safety\n///\n/// It is.\npub UNSAFE fn a() {}"), [(4, true)]);
        assert_eq!(judged("/// It is.\npub async UNSAFE fn a() {}"), [(2, false)]);
        assert_eq!(
            judged("// SAFETY: it is.\nUNSAFE impl A for B {\n    UNSAFE fn a() {}\n}"),
            [(2, true), (3, true)]
        );
        assert_eq!(judged("impl A for B {\n    UNSAFE fn a() {}\n}"), [(2, false)]);
    }

    #[test]
    fn words_and_comments_are_no_uses() {
        assert_eq!(judged("// UNSAFE { }\nlet words = \"UNSAFE unsized\";"), []);
        assert_eq!(judged("#[UNSAFE(no_mangle)]\nUNSAFE extern \"C\" {\n}"), [(1, true), (2, true)]);
    }

    #[test]
    fn reads_the_inventory() {
        let text = "| file | uses | why |\n|---|---|---|\n| `a/b.rs` | 12 | it is |\n";
        assert_eq!(inventory(text), BTreeMap::from([("a/b.rs", 12)]));
    }
}
