//! Files that some ranks write and others read, be they as many or not.

mod support;

use support::{alone, mpiexec};

#[test]
fn as_many_ranks_as_one_likes_go_on_from_a_file() {
    let _alone = alone();
    let path = std::env::temp_dir().join(format!("hpc-grid-{}.npy", std::process::id()));
    let run = |ranks, call: &str, more: &[&str]| {
        mpiexec(ranks, "files").arg(call).arg(&path).args(more).output().expect("mpiexec starts")
    };
    let saved = run(3, "save", &[]);
    assert!(saved.status.success(), "{}", String::from_utf8_lossy(&saved.stderr));
    // All of it, row by row, behind a header that NumPy knows.
    let bytes = std::fs::read(&path).expect("it was written");
    let field = |x: usize, y: usize| if x < 23 && y < 17 { (100 * x + y) as f32 } else { 0.0 };
    let elements = bytes[128..].as_chunks::<4>().0.iter().map(|bytes| f32::from_le_bytes(*bytes));
    assert!(elements.eq((0..23 * 17).map(|index| field(index / 17, index % 17))));
    let sums: Vec<f32> = (0..23 * 17)
        .map(|index| (index / 17, index % 17))
        .map(|(x, y): (usize, usize)| {
            field(x.wrapping_sub(1), y) + field(x + 1, y) + field(x, y.wrapping_sub(1)) + field(x, y + 1)
        })
        .collect();
    for ranks in [1, 2, 4] {
        let loaded = run(ranks, "load", &[]);
        assert_eq!(String::from_utf8_lossy(&loaded.stdout).trim(), format!("{sums:?}"), "{ranks} ranks");
    }
    let other = run(2, "load", &["16"]);
    let text = String::from_utf8_lossy(&other.stderr);
    assert!(!other.status.success() && text.contains("load it into a buffer of its size and type"), "{text}");
    std::fs::remove_file(&path).expect("it is there");
    let gone = run(2, "load", &[]);
    let text = String::from_utf8_lossy(&gone.stderr);
    assert!(!gone.status.success() && text.contains("cannot be read"), "{text}");
}
