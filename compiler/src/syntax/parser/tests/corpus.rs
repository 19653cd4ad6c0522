//! All texts in the repository that may be those of kernels.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use oxc_allocator::Allocator;
use oxc_ast::ast::{ArrowFunctionExpression, Function, ObjectProperty, StringLiteral, TemplateLiteral};
use oxc_ast_visit::{Visit, walk};
use oxc_parser::Parser;
use oxc_span::{SourceType, Span};
use oxc_syntax::scope::ScopeFlags;

/// A text of the repository that may be a kernel's.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Text {
    pub(super) file: String,
    pub(super) source: String,
}

pub(super) static TEXTS: LazyLock<BTreeSet<Text>> = LazyLock::new(|| {
    let mut texts = BTreeSet::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    for folder in [
        "benches",
        "compiler/tests",
        "docs",
        "examples",
        "hpc",
        "packages/hpc.js/src",
        "packages/hpc.js/test",
        "site",
        "tests",
    ] {
        for path in files(&root.join(folder)) {
            let file = path.strip_prefix(&root).expect("it lies there").to_string_lossy().into_owned();
            let content = fs::read_to_string(&path).expect("the file can be read");
            for program in programs(&file, &content) {
                let whole = program.trim_end().to_owned();
                texts.insert(Text { file: file.clone(), source: whole });
                find(program, &file, &mut texts);
            }
        }
    }
    texts
});

/// The programs in a file: all of it, the blocks of code in a page, or the kernels that must be refused.
fn programs<'c>(file: &str, content: &'c str) -> Vec<&'c str> {
    if file.ends_with(".md") {
        content.split("```js\n").skip(1).filter_map(|block| block.split("```").next()).collect()
    } else if file.contains("/reject/") {
        content.split("// ---- ").skip(1).filter_map(|part| Some(part.split_once('\n')?.1)).collect()
    } else {
        vec![content]
    }
}

/// The files with programs in a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("the folder can be listed").path()).collect();
    paths.sort();
    let made = ["node_modules", "target", ".vitepress", "api"];
    let mut found = Vec::new();
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if path.is_dir() && !made.contains(&&*name) {
            found.extend(files(&path));
        } else if [".js", ".mjs", ".ts", ".md"].iter().any(|extension| name.ends_with(extension)) {
            found.push(path);
        }
    }
    found
}

/// Adds all functions of a program, and all its strings that are functions.
fn find(program: &str, file: &str, texts: &mut BTreeSet<Text>) {
    let allocator = Allocator::default();
    let parsed = Parser::new(&allocator, program, SourceType::ts()).parse();
    let mut finder = Finder { program, found: Vec::new() };
    finder.visit_program(&parsed.program);
    for source in finder.found {
        texts.insert(Text { file: file.to_owned(), source });
    }
}

struct Finder<'t> {
    program: &'t str,
    found: Vec<String>,
}

impl Finder<'_> {
    fn add(&mut self, span: Span) {
        self.found.push(span.source_text(self.program).to_owned());
    }
}

impl<'a> Visit<'a> for Finder<'_> {
    fn visit_function(&mut self, function: &Function<'a>, flags: ScopeFlags) {
        self.add(function.span);
        walk::walk_function(self, function, flags);
    }

    fn visit_arrow_function_expression(&mut self, arrow: &ArrowFunctionExpression<'a>) {
        self.add(arrow.span);
        walk::walk_arrow_function_expression(self, arrow);
    }

    fn visit_object_property(&mut self, property: &ObjectProperty<'a>) {
        if property.method {
            self.add(property.span);
        }
        walk::walk_object_property(self, property);
    }

    fn visit_string_literal(&mut self, string: &StringLiteral<'a>) {
        self.found.push(string.value.to_string());
    }

    fn visit_template_literal(&mut self, template: &TemplateLiteral<'a>) {
        if let Some(text) = template.single_quasi() {
            self.found.push(text.to_string());
        }
        walk::walk_template_literal(self, template);
    }
}
