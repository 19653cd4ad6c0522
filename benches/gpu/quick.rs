//! The whole program with small sizes, on whatever device there is: results count here, not speed.

use std::process::{Command, Output};

/// Runs it without peers, which take long to start. Ours is tuned for any size, so that those texts are compared, too.
fn bench(words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bench-gpu"));
    command.args(["--peers", env!("CARGO_TARGET_TMPDIR"), "--rounds", "1"]).args(words);
    command.env("HPC_TUNED", "always").output().unwrap()
}

#[test]
fn every_row_is_measured_and_right() {
    let output = bench(&["--quick"]);
    let text = String::from_utf8_lossy(&output.stdout);
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{text}\n{complaint}");
    let titles = ["W1 double", "W2 heat", "W3 Julia", "W4 n-body", "W5 matmul", "W6 100 runs"];
    let more =
        ["W8 SpMV", "W9 blur", "W10 flat matmul", "W11 hash", "W12 Collatz", "W13 histogram", "W14 scatter"];
    let transfers = ["W7 read, lent", "W7 read, copied", "W7 upload"];
    for title in titles.into_iter().chain(transfers).chain(more) {
        let row = text.lines().find(|line| line.starts_with(&format!("| {title}"))).expect(title);
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        for cell in &cells[3..6] {
            assert!(cell.parse::<f64>().is_ok_and(|rate| rate > 0.0), "{row}");
        }
        assert!(cells.contains(&"not judged"), "{row}");
    }
    assert!(text.contains("Absent: CUDA: ") && text.contains("Absent: Taichi on cuda: "), "{text}");
}

#[test]
fn what_is_asked_for_is_measured_and_nothing_else() {
    let output = bench(&["--quick", "W6"]);
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && text.contains("| W6") && !text.contains("| W1"), "{text}");
    let output = bench(&["--quick", "W15"]);
    assert!(!output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("`W15` is not understood"));
}
