//! What the command line asks for.

use std::path::PathBuf;

use benches::Outcome;
use benches::arguments::{Arguments as Common, Usage};

const USAGE: Usage = Usage {
    help: "\
cargo xtask bench gpu [--quick] [--rounds N] [--peers DIR] [W1 ... W14]

    --quick      small sizes: shows that everything works; its figures mean nothing
    --rounds N   the median of so many measurements (5)
    --peers DIR  where workloads.cu and workloads.py are (benches/gpu/peers)
    W1 ... W14   only these workloads",
    workloads: &["W1", "W2", "W3", "W4", "W5", "W6", "W7", "W8", "W9", "W10", "W11", "W12", "W13", "W14"],
};

/// The peers' folder of the source this was built from.
const PEERS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/gpu/peers");

/// The options, and which workloads.
#[derive(Debug)]
pub(crate) struct Arguments {
    pub(crate) common: Common,
    /// Where the programs of the peers are.
    pub(crate) peers: PathBuf,
    /// Measure only ours and write lines for another process to read: `--lines`, which people have no use for.
    pub(crate) only_lines: bool,
}

impl Arguments {
    /// Understands the words of the command line.
    ///
    /// # Errors
    ///
    /// What is wrong, and the help.
    pub(crate) fn parse(words: &[String]) -> Outcome<Self> {
        let (mut peers, mut only_lines, mut rest) = (PathBuf::from(PEERS), false, Vec::new());
        let mut words = words.iter();
        while let Some(word) = words.next() {
            match word.as_str() {
                "--peers" => {
                    let folder = words.next().ok_or("bench: `--peers` needs a folder")?;
                    peers = PathBuf::from(folder);
                }
                "--lines" => only_lines = true,
                _ => rest.push(word.clone()),
            }
        }
        Ok(Self { common: Common::parse(&rest, USAGE)?, peers, only_lines })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Outcome<Arguments> {
        Arguments::parse(&line.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn the_peers_have_a_folder() {
        let parsed = parse("W7 --peers here --rounds 3").unwrap();
        assert_eq!((parsed.peers, parsed.common.rounds), (PathBuf::from("here"), 3));
        assert!(parsed.common.wants("W7") && !parsed.common.wants("W1"));
        assert!(parse("--peers").is_err());
        assert!(parse("W15").unwrap_err().contains("cargo xtask bench gpu"));
    }
}
