//! Jobs that go wrong: they end, soon, on all ranks, and say what it was and on which rank.

mod support;

use std::time::{Duration, Instant};

use support::{alone, mpiexec};

/// What two ranks say that make a mistake.
fn said(mistake: &str) -> String {
    let _alone = alone();
    let begin = Instant::now();
    let output =
        mpiexec(2, "mistakes").arg(mistake).env("HPC_GRID_WAIT", "2").output().expect("mpiexec starts");
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success(), "{mistake} does no harm: {text}");
    assert!(begin.elapsed() < Duration::from_secs(60), "{mistake} takes {:?}", begin.elapsed());
    text
}

#[track_caller]
fn says(mistake: &str, parts: &[&str]) {
    let text = said(mistake);
    for part in parts {
        assert!(text.contains(part), "{mistake} does not say {part:?}, but\n{text}");
    }
}

#[test]
fn a_rank_that_is_killed_ends_the_job() {
    says("killed", &["process rank 1", "exited on signal 6"]);
}

#[test]
fn a_rank_that_fails_ends_the_job() {
    says("fails", &["rank 1 of 2: the disk is full"]);
    says("panics", &["rank one does not like this", "rank 1 of 2: it panicked"]);
}

#[test]
fn who_waits_alone_says_for_whom() {
    says("alone", &["rank 0 of 2: waited 2 s for rank 1 in exchange(\"heat\")", "HPC_GRID_WAIT"]);
}

#[test]
fn ranks_that_differ_are_told_where() {
    says(
        "sizes",
        &[
            "the declaration of the grid differs between ranks: rank 1 has in line 1",
            "buffer heat: number [17, 8], zeros",
            "buffer heat: number [16, 8], zeros",
        ],
    );
    says("texts", &["the kernel differs between ranks: rank 1 has in line 3", "x + y * 1", "x + y * 0"]);
}

#[test]
fn what_is_wrong_on_all_ranks_is_told_once() {
    let text = said("beyond");
    assert!(
        text.contains("HPC0402") && text.contains("2 elements away along x, beyond its halo of 1"),
        "{text}"
    );
    assert_eq!(text.matches("HPC0402").count(), 1, "{text}");
}

#[test]
fn what_is_read_beyond_a_halo_is_told_with_its_index() {
    says(
        "further",
        &[
            "rank 0 of 2: a kernel reads heat[9][3], beyond the halo of 1 around what this rank owns (0..8 x 0..8)",
        ],
    );
}

#[test]
fn what_cannot_be_shared_is_refused() {
    says("small", &["a grid of [1] is too small for 2 ranks", "start fewer ranks"]);
    says("unsplit", &["exchange is for buffers that are split, and \"whole\" is not one"]);
    says("threads", &["a run over 17 threads along x is larger than the grid, which has 16 elements there"]);
}
