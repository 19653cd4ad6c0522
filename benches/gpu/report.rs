//! The table, in Markdown as `docs/performance.md` has it.

use benches::Outcome;
use benches::arguments::Scale;
use benches::table::table;
use hpc::AdapterInfo;
use time::OffsetDateTime;

use crate::figure::{Figure, Who};
use crate::peers::{Answer, checked};
use crate::rate::Method;
use crate::workloads::{Row, Target, Workload};

/// Whose figures are shown, from left to right.
const COLUMNS: [Who; 6] = [Who::Ours, Who::NotTuned, Who::Wgsl, Who::Copy, Who::Cuda, Who::Taichi];

/// What has been measured so far.
pub(crate) struct Report {
    /// Small sizes say nothing about the targets.
    judges: bool,
    figures: Vec<Figure>,
    /// Who takes no part, and why.
    absent: Vec<String>,
    failures: Vec<String>,
}

impl Report {
    /// Says what is measured, where and how.
    pub(crate) fn new(adapter: &AdapterInfo, scale: Scale, method: Method) -> Self {
        let AdapterInfo { name, driver, api, .. } = adapter;
        println!("### {name} ({api}, {driver}), {}\n", OffsetDateTime::now_utc().date());
        let Method { at_least, rounds } = method;
        println!(
            "Each figure is the median of {rounds} measurements of at least {at_least} ms, after one to warm up.\n"
        );
        let judges = scale == Scale::Full;
        Self { judges, figures: Vec::new(), absent: Vec::new(), failures: Vec::new() }
    }

    /// Adds figures, and shows them to who waits for the table.
    pub(crate) fn add(&mut self, figures: Vec<Figure>) {
        for Figure { who, row, variant, value } in &figures {
            let name = format!("{row}: {who}, {variant}");
            match value {
                Ok(value) => eprintln!("bench: {name}: {}", number(*value)),
                Err(error) => self.failures.push(format!("{name}: {error}")),
            }
        }
        self.figures.extend(figures);
    }

    /// Adds what another process has said.
    pub(crate) fn hear(&mut self, name: &str, answer: Answer, workloads: &[Workload]) {
        match answer {
            Answer::Absent(reason) => self.absent.push(format!("{name}: {reason}")),
            Answer::Present(lines) => {
                let mut understood = Vec::new();
                for line in lines {
                    match line {
                        Ok(line) => understood.push(line),
                        Err(error) => self.failures.push(format!("{name}: {error}")),
                    }
                }
                self.add(checked(understood, workloads));
            }
        }
    }

    /// Prints the table. An error that tells all failures, if there were any; a target that is missed is none.
    pub(crate) fn finish(self, workloads: &[Workload]) -> Outcome {
        let columns = COLUMNS.into_iter().map(Who::name);
        let mut table = table(["workload", "unit"].into_iter().chain(columns).chain(["target", "is", "met"]));
        for row in workloads.iter().flat_map(|workload| &workload.rows) {
            table.add_row(self.cells(row));
        }
        println!("{table}");
        for absent in &self.absent {
            println!("\nAbsent: {absent}");
        }
        if self.failures.is_empty() {
            return Ok(());
        }
        Err(format!("bench: {} failures\n    {}", self.failures.len(), self.failures.join("\n    ")))
    }

    fn cells(&self, row: &Row) -> Vec<String> {
        let mut cells = vec![row.title.clone(), row.unit.to_owned()];
        cells.extend(COLUMNS.map(|who| self.cell(row, who)));
        let (is, met) = match self.reached(row) {
            _ if !self.judges => (String::new(), "not judged"),
            None if self.best(row, &[Who::Ours]).is_none() => (String::new(), "no"),
            None => (String::new(), "nobody to compare"),
            Some((is, met)) => (format!("{is:.3}"), if met { "yes" } else { "no" }),
        };
        cells.extend([target(row.target), is, met.to_owned()]);
        cells
    }

    fn cell(&self, row: &Row, who: Who) -> String {
        match self.best(row, &[who]) {
            Some((value, "plain")) => number(value),
            Some((value, variant)) => format!("{} ({variant})", number(value)),
            None if self.of(row, &[who]).next().is_some() => "FAILED".to_owned(),
            None => "–".to_owned(),
        }
    }

    /// Where we are with a row's target, and whether that is enough; nothing if there is nobody to compare with.
    fn reached(&self, row: &Row) -> Option<(f64, bool)> {
        let (ours, _) = self.best(row, &[Who::Ours])?;
        let times = |who: &[Who]| self.best(row, who).map(|(theirs, _)| ours / theirs);
        Some(match row.target {
            Target::OfCopy(least) => times(&[Who::Copy]).map(|is| (is, is >= least))?,
            Target::OfBestPeer(least) => times(&[Who::Cuda, Who::Taichi]).map(|is| (is, is >= least))?,
            Target::OfCuda(least) => times(&[Who::Cuda]).map(|is| (is, is >= least))?,
            Target::OfTiledCuda(least) => {
                let tiled = self.of(row, &[Who::Cuda]).find(|figure| figure.variant == "tiled")?;
                let is = ours / tiled.value.as_ref().ok()?;
                (is, is >= least)
            }
            Target::TimeOfCuda(most) => times(&[Who::Cuda]).map(|is| (is, is <= most))?,
            Target::AtLeast(least) => (ours, ours >= least),
        })
    }

    /// The best figure of some, and its variant.
    fn best<'a>(&'a self, row: &'a Row, who: &'a [Who]) -> Option<(f64, &'a str)> {
        let figures = self.of(row, who);
        let values =
            figures.filter_map(|figure| Some((*figure.value.as_ref().ok()?, figure.variant.as_str())));
        match row.target {
            Target::TimeOfCuda(_) => values.min_by(|one, other| one.0.total_cmp(&other.0)),
            _ => values.max_by(|one, other| one.0.total_cmp(&other.0)),
        }
    }

    fn of<'a>(&'a self, row: &'a Row, who: &'a [Who]) -> impl Iterator<Item = &'a Figure> {
        self.figures.iter().filter(|figure| figure.row == row.id && who.contains(&figure.who))
    }
}

fn target(target: Target) -> String {
    match target {
        Target::OfCopy(least) => format!("≥ {least} × copy"),
        Target::OfBestPeer(least) => format!("≥ {least} × CUDA, Taichi"),
        Target::OfCuda(least) => format!("≥ {least} × CUDA"),
        Target::OfTiledCuda(least) => format!("≥ {least} × CUDA, tiled"),
        Target::TimeOfCuda(most) => format!("≤ {most} × CUDA"),
        Target::AtLeast(least) => format!("≥ {least}"),
    }
}

/// With about four digits.
fn number(value: f64) -> String {
    match value {
        100.0.. => format!("{value:.0}"),
        10.0.. => format!("{value:.1}"),
        0.1.. => format!("{value:.2}"),
        _ => format!("{value:.4}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(target: Target) -> Row {
        Row { id: "W1", title: "W1 double".to_owned(), unit: "GB/s", target }
    }

    fn figure(who: Who, variant: &str, value: Outcome<f64>) -> Figure {
        Figure { who, row: "W1".to_owned(), variant: variant.to_owned(), value }
    }

    fn report(figures: Vec<Figure>) -> Report {
        let mut report =
            Report { judges: true, figures: Vec::new(), absent: Vec::new(), failures: Vec::new() };
        report.add(figures);
        report
    }

    #[test]
    fn the_best_of_all_peers_counts() {
        let report = report(vec![
            figure(Who::Ours, "plain", Ok(10.0)),
            figure(Who::Cuda, "scalar", Ok(5.0)),
            figure(Who::Cuda, "tiled", Ok(8.0)),
            figure(Who::Taichi, "vulkan", Ok(20.0)),
        ]);
        assert_eq!(report.reached(&row(Target::OfBestPeer(1.0))), Some((0.5, false)));
        assert_eq!(report.reached(&row(Target::OfTiledCuda(1.0))), Some((1.25, true)));
        assert_eq!(report.reached(&row(Target::TimeOfCuda(1.0))), Some((2.0, false)), "5 is the shortest");
        assert_eq!(report.reached(&row(Target::OfCopy(1.0))), None);
        assert_eq!(report.cell(&row(Target::OfCopy(1.0)), Who::Cuda), "8.00 (tiled)");
    }

    #[test]
    fn a_wrong_result_is_no_figure_and_fails_the_report() {
        let report = report(vec![figure(Who::Ours, "plain", Err("off by more".to_owned()))]);
        assert_eq!(report.cell(&row(Target::AtLeast(1.0)), Who::Ours), "FAILED");
        assert_eq!(report.cells(&row(Target::OfCopy(1.0))).last().unwrap(), "no");
        assert!(report.finish(&[]).unwrap_err().contains("off by more"));
    }
}
