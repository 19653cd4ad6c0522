//! What no committed text may hold: open ends without a reason, paths of one machine, hosts of registries.

use super::{Problems, Repository};

/// Spelled in two halves, so that this file passes its own check.
const OPEN_ENDS: [&str; 2] = [concat!("TO", "DO"), concat!("FIX", "ME")];
const MACHINE_FOLDERS: [&str; 3] = [concat!("/wo", "rk/"), concat!("/ro", "ot/"), concat!("/ho", "me/")];
const REGISTRY_HOSTS: [&str; 4] = [
    concat!("registry.", "npmjs.org"),
    concat!("index.", "crates.io"),
    concat!("static.", "crates.io"),
    concat!("deb.", "debian.org"),
];

pub(super) fn check(repository: &Repository) -> Problems {
    let lines = repository.files.iter().flat_map(|(path, text)| {
        text.lines().enumerate().map(move |(position, line)| (path, position + 1, line))
    });
    lines.filter_map(|(path, number, line)| Some(format!("{path}:{number}: {}", fault(line)?))).collect()
}

fn fault(line: &str) -> Option<String> {
    if let Some(word) = OPEN_ENDS.iter().find(|word| lacks_reason(line, word)) {
        return Some(format!("{word} without a reason; write `{word}: why`"));
    }
    if let Some(folder) = MACHINE_FOLDERS.iter().find(|folder| starts_a_path(line, folder)) {
        return Some(format!("{folder} is a folder of one machine"));
    }
    let host = REGISTRY_HOSTS.iter().find(|host| line.contains(*host));
    host.map(|host| format!("{host} is a registry's host; leave it to the machine's configuration"))
}

/// Whether `word` stands in the line as a word, and not followed by a colon and a few words.
fn lacks_reason(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(start, _)| {
        let (before, after) = (&line[..start], &line[start + word.len()..]);
        let is_word = !before.ends_with(is_word_character) && !after.starts_with(is_word_character);
        let reason = after.strip_prefix(':').unwrap_or_default();
        is_word && reason.split_whitespace().count() < 3
    })
}

/// Whether an absolute path in the line starts with `folder`.
fn starts_a_path(line: &str, folder: &str) -> bool {
    let continues_a_path = |character: char| is_word_character(character) || "./-~}".contains(character);
    line.match_indices(folder).any(|(start, _)| !line[..start].ends_with(continues_a_path))
}

fn is_word_character(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_open_end_needs_a_reason() {
        let [word, _] = OPEN_ENDS;
        assert!(fault(&format!("// {word}")).is_some());
        assert!(fault(&format!("// {word}: later")).is_some());
        assert_eq!(fault(&format!("// {word}: until the driver is mended")), None);
        assert_eq!(fault(&format!("a{word}b")), None);
    }

    #[test]
    fn absolute_paths_of_a_machine_are_found() {
        let [folder, ..] = MACHINE_FOLDERS;
        assert!(fault(&format!("see {folder}a.rs")).is_some());
        assert!(fault(&format!("\"{folder}a.rs\"")).is_some());
        assert_eq!(fault(&format!("docs{folder}a.md")), None);
    }
}
