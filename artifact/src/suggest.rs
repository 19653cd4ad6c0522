//! "Did you mean": the known name that is nearest to a mistyped one.

/// The candidate nearest to `name`, if one is near enough to be a likely slip.
pub fn closest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // Of all alphabets, it would take tables that pages download.
    let lower = str::to_ascii_lowercase;
    let length = name.chars().count();
    // Of a single letter nothing would be left.
    let limit = length.div_ceil(3).min(length.saturating_sub(1));
    candidates
        .into_iter()
        .map(|candidate| (edit_distance(&lower(name), &lower(candidate)), candidate))
        .filter(|&(distance, candidate)| distance <= limit && candidate != name)
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, candidate)| candidate)
}

/// How many single-character insertions, deletions, replacements and swaps of neighbours lead from `a` to `b`
/// (optimal string alignment distance).
fn edit_distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
    for (i, row) in rows.iter_mut().enumerate() {
        row[0] = i;
    }
    rows[0] = (0..=b.len()).collect();
    for i in 1..=a.len() {
        for j in 1..=b.len() {
            let replaced = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut best = replaced.min(rows[i - 1][j] + 1).min(rows[i][j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            rows[i][j] = best;
        }
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_slips_and_leaves_strangers_alone() {
        assert_eq!(closest("thredId", ["threadId", "buffers"]), Some("threadId"));
        assert_eq!(closest("sni", ["sin", "cos"]), Some("sin"));
        assert_eq!(closest("console", ["cos", "Math"]), None);
        assert_eq!(closest("Exp", ["exp"]), Some("exp"));
        assert_eq!(closest("N", ["i", "n"]), Some("n"));
        assert_eq!(closest("N", ["i", "in"]), None);
    }
}
