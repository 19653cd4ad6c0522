//! `cargo xtask api`: what the public crate shows, compared with `docs/api/hpc-js.txt`, so that a change of it is seen where it is reviewed.
//!
//! It is read from the pages that the pinned rustdoc makes: declarations, the heads of methods, and which traits there are for a type.

use std::fs;
use std::path::Path;

use crate::node;
use crate::process::{Outcome, cargo, root, run as run_command};

/// Where it is kept.
const REPORT: &str = "docs/api/hpc-js.txt";
/// What follows on a page is there for every type.
const NOT_OURS: &str = "<h2 id=\"synthetic-implementations\"";
/// What follows on a page are the methods of another type, which an item can be taken for.
const DEREF: &str = "<h2 id=\"deref-methods-";
/// What follows on a page are traits, whose methods are told where the traits are.
const TRAITS: &str = "<h2 id=\"trait-implementations\"";

/// Makes the documentation of the crate, and compares.
pub(crate) fn run() -> Outcome {
    run_command(&mut cargo("doc -p hpc-js --no-deps"))?;
    check()
}

/// Compares the report with the documentation that there is. UPDATE=1 writes it before.
pub(crate) fn check() -> Outcome {
    let report = report(&node::target().join("doc/hpc"))?;
    let path = root().join(REPORT);
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &report).map_err(|error| format!("{REPORT}: {error}"))?;
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    let changed = changes(&kept, &report);
    match changed.is_empty() {
        true => Ok(()),
        false => Err(format!(
            "api: the public crate shows other things than {REPORT} says; if that is meant, `UPDATE=1 cargo xtask api`\n{}",
            changed.join("\n")
        )),
    }
}

/// Lines that only one of two reports has.
fn changes(kept: &str, found: &str) -> Vec<String> {
    let only = |sign: char, one: &str, other: &str| {
        let other: Vec<&str> = other.lines().collect();
        one.lines()
            .filter(|line| !other.contains(line))
            .map(|line| format!("{sign} {line}"))
            .collect::<Vec<_>>()
    };
    let mut lines = only('-', kept, found);
    lines.extend(only('+', found, kept));
    if lines.is_empty() && kept != found {
        lines.push("the same lines in another order".to_owned());
    }
    lines
}

/// All items of the crate whose documentation is in `folder`.
fn report(folder: &Path) -> Outcome<String> {
    let read = |file: &str| {
        let path = folder.join(file);
        fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))
    };
    let list = read("all.html")?;
    let mut pages: Vec<&str> =
        between(&list, "<li><a href=\"", "\"").filter(|page| page.ends_with(".html")).collect();
    pages.sort_unstable();
    let mut report = String::from(
        "What the crate hpc-js shows. `cargo xtask api` compares, `UPDATE=1 cargo xtask api` rewrites this file.\n",
    );
    for page in pages {
        report.push_str(&item(page, &read(page)?));
    }
    Ok(report)
}

/// What a page tells of its item.
fn item(page: &str, text: &str) -> String {
    let before = |text: &'_ str, mark: &str| text.split(mark).next().unwrap_or_default().to_owned();
    let ours = before(text, NOT_OURS);
    let (own, traits) = ours.split_once(TRAITS).unwrap_or((&ours, ""));
    let own = before(own, DEREF);
    let name = page.trim_end_matches(".html").replace('/', "::");
    let declaration = between(&own, "<pre class=\"rust item-decl\"><code>", "</code></pre>").map(plain);
    let methods = between(&own, "<h4 class=\"code-header\">", "</h4>").map(plain);
    let methods = methods.filter(|method| method.starts_with("pub "));
    // Pages of traits tell there for which types they are.
    let implementors = if name.contains("trait.") { own.as_str() } else { traits };
    let implementors = between(implementors, "<h3 class=\"code-header\">", "</h3>").map(plain);
    let implementors = implementors.filter(|line| !line.contains("StructuralPartialEq"));
    let lines: Vec<String> = declaration.chain(methods).chain(implementors).collect();
    format!("\n# {name}\n{}\n", lines.join("\n"))
}

/// The parts of a text between two marks.
fn between<'t>(text: &'t str, start: &'t str, end: &'t str) -> impl Iterator<Item = &'t str> {
    text.split(start).skip(1).filter_map(move |rest| rest.split(end).next())
}

/// The text of a piece of a page.
fn plain(html: &str) -> String {
    // What long declarations show instead of themselves, before one looks.
    let mut text = String::new();
    for (position, part) in html.split("<summary").enumerate() {
        text.push_str(if position == 0 {
            part
        } else {
            part.split_once("</summary>").map_or("", |(_, rest)| rest)
        });
    }
    let mut plain = String::new();
    for (position, part) in text.split('<').enumerate() {
        plain.push_str(if position == 0 { part } else { part.split_once('>').map_or("", |(_, rest)| rest) });
    }
    let signs = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&nbsp;", " "),
        ("&amp;", "&"),
    ];
    signs.iter().fold(plain, |text, (name, sign)| text.replace(name, sign)).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_read() {
        let page = "<pre class=\"rust item-decl\"><code>pub struct <a href=\"x\">Kernel</a>&lt;T&gt; { <details><summary>Show 2 fields</summary>a: u8</details> }</code></pre>
            <h4 class=\"code-header\">pub fn <a>run</a>(&amp;self)</h4>
            <h2 id=\"trait-implementations\"></h2><h3 class=\"code-header\">impl Debug for Kernel</h3><h4 class=\"code-header\">fn fmt(&amp;self)</h4>
            <h2 id=\"synthetic-implementations\"></h2><h3 class=\"code-header\">impl Send for Kernel</h3>";
        let told = item("struct.Kernel.html", page);
        assert_eq!(
            told,
            "\n# struct.Kernel\npub struct Kernel<T> { a: u8 }\npub fn run(&self)\nimpl Debug for Kernel\n"
        );
    }

    #[test]
    fn changes_are_told_line_by_line() {
        assert_eq!(changes("a\nb\n", "a\nc\n"), ["- b", "+ c"]);
        assert_eq!(changes("a\n", "a\n"), [""; 0]);
        assert_eq!(changes("a\nb\n", "b\na\n").len(), 1);
    }
}
