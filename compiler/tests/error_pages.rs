//! The examples in `docs/errors/`: each page's erroneous kernel gives the page's code, and its mended kernel compiles.

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use artifact::Interface;
use compiler::diagnostics::{Origin, render};

#[test]
fn examples_do_what_their_pages_say() {
    let pages = pages();
    assert!(!pages.is_empty(), "no pages found");
    let problems: Vec<String> = pages.iter().flat_map(Page::problems).collect();
    assert!(problems.is_empty(), "\n{}", problems.join("\n\n"));
}

/// One page.
struct Page {
    code: String,
    text: String,
}

impl Page {
    fn problems(&self) -> Vec<String> {
        let (wrong, right) = (self.examples("js error"), self.examples("js ok"));
        let is_exempt = self.text.contains("<!-- not provokable: ");
        let lacks = (wrong.is_empty() || right.is_empty()) && !is_exempt;
        let missing = lacks.then(|| format!("{}: needs a `js error` and a `js ok` block", self.code));
        let unprovoked = wrong.iter().filter_map(|kernel| self.unprovoked(kernel));
        let refused = right.iter().filter_map(|kernel| self.refused(kernel));
        missing.into_iter().chain(unprovoked).chain(refused).collect()
    }

    /// What is wrong if `kernel` does not give the page's code.
    fn unprovoked(&self, kernel: &str) -> Option<String> {
        let codes = match compiler::compile(kernel, &self.interface()) {
            Ok(_) => Vec::new(),
            Err(diagnostics) => diagnostics.iter().map(|found| found.code.to_string()).collect(),
        };
        (!codes.contains(&self.code)).then(|| format!("{}: its wrong kernel gives {codes:?}", self.code))
    }

    /// What is wrong if `kernel` does not compile.
    fn refused(&self, kernel: &str) -> Option<String> {
        let diagnostics = compiler::compile(kernel, &self.interface()).err()?;
        let rendered = render(&diagnostics, kernel, &Origin::default());
        Some(format!("{}: its mended kernel gives\n{rendered}", self.code))
    }

    /// The contents of the blocks that start with three backticks and `kind`.
    fn examples(&self, kind: &str) -> Vec<&str> {
        let fence = format!("```{kind}\n");
        let starts = self.text.split(fence.as_str()).skip(1);
        starts.filter_map(|rest| Some(rest.split_once("\n```")?.0)).collect()
    }

    /// The interface that `docs/errors/README.md` states.
    fn interface(&self) -> Interface {
        let has_canvas = !self.text.contains("<!-- interface: no canvas -->");
        support::interface_with_canvas(has_canvas)
    }
}

/// The pages in the order of their codes.
fn pages() -> Vec<Page> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/errors");
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    paths.iter().filter_map(|path| page(path)).collect()
}

fn page(path: &Path) -> Option<Page> {
    let code = path.file_stem()?.to_str().filter(|name| name.starts_with("HPC"))?.to_owned();
    let text = fs::read_to_string(path).expect("the page can be read");
    Some(Page { code, text })
}
