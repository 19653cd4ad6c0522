//! Every code of a mistake has its page in `docs/errors/`, and every page its code.

use std::collections::BTreeMap;

use super::{Problems, Repository};

const CODES: &str = "compiler/src/diagnostics/codes.rs";
const PAGES: &str = "docs/errors/HPC";

pub(super) fn check(repository: &Repository) -> Problems {
    let codes = codes(repository.text(CODES));
    let pages: Vec<_> = repository.files.iter().filter(|(path, _)| path.starts_with(PAGES)).collect();
    let mut problems = Problems::new();
    for (number, title) in &codes {
        let path = format!("{PAGES}{number:04}.md");
        let heading = format!("# HPC{number:04}: {title}");
        match pages.iter().find(|(page, _)| *page == path) {
            None => problems.push(format!("{path} is missing: {title}")),
            Some((_, text)) if text.lines().next() != Some(&heading) => {
                problems.push(format!("{path} does not start with `{heading}`"));
            }
            Some(_) => {}
        }
    }
    let strangers =
        pages.iter().filter(|(path, _)| number(path).is_none_or(|number| !codes.contains_key(&number)));
    problems.extend(strangers.map(|(path, _)| format!("{path} has no code in {CODES}")));
    problems
}

/// The numbers and titles in lines such as `SyntaxError = 1, "syntax error";`.
fn codes(text: &str) -> BTreeMap<u16, &str> {
    text.lines().filter_map(code).collect()
}

fn code(line: &str) -> Option<(u16, &str)> {
    let (_, value) = line.trim().strip_suffix("\";")?.split_once(" = ")?;
    let (number, title) = value.split_once(", \"")?;
    Some((number.parse().ok()?, title))
}

fn number(path: &str) -> Option<u16> {
    path.strip_prefix(PAGES)?.strip_suffix(".md")?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_table_of_codes() {
        let text =
            "codes! {\n    SyntaxError = 1, \"syntax error\";\n    Internal = 900, \"internal error\";\n}";
        assert_eq!(codes(text), BTreeMap::from([(1, "syntax error"), (900, "internal error")]));
    }

    #[test]
    fn reads_the_number_of_a_page() {
        assert_eq!(number("docs/errors/HPC0012.md"), Some(12));
        assert_eq!(number("docs/errors/README.md"), None);
    }
}
