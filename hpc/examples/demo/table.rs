//! The table at the end, and the pictures it names.

use std::fs;
use std::io;
use std::path::Path;
use std::process::ExitCode;

use crate::check::Check;
use crate::program::{Outcome, Shown};

const COLUMNS: usize = 7;

pub(crate) struct Table {
    device: String,
    rows: Vec<[String; COLUMNS]>,
    failures: Vec<String>,
}

impl Table {
    pub(crate) fn new(titles: [&str; COLUMNS], device: &str) -> Self {
        Self { device: device.into(), rows: vec![titles.map(str::to_owned)], failures: Vec::new() }
    }

    /// Adds a program, and writes its picture into the folder.
    pub(crate) fn add(
        &mut self,
        program: &str,
        outcome: &Outcome,
        check: &Check,
        folder: &Path,
    ) -> io::Result<()> {
        let (amount, unit) = outcome.work;
        self.rows.push([
            program.into(),
            self.device.clone(),
            milliseconds(outcome.compile),
            milliseconds(outcome.run),
            format!("{} {unit}/s", short(amount / outcome.run.as_secs_f64())),
            check.to_string(),
            show(program, &outcome.result, folder)?,
        ]);
        if let Check::Failed(messages) = check {
            self.failures.extend(messages.iter().map(|message| format!("{program}: {message}")));
        }
        Ok(())
    }

    /// Prints the rows, then what failed.
    pub(crate) fn print(&self) -> ExitCode {
        let widths: [usize; COLUMNS] =
            std::array::from_fn(|i| self.rows.iter().map(|row| row[i].chars().count()).max().unwrap_or(0));
        for row in &self.rows {
            let cells = row.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}"));
            println!("{}", cells.collect::<Vec<_>>().join("  ").trim_end());
        }
        for failure in &self.failures {
            println!("FAILED {failure}");
        }
        if self.failures.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}

/// Writes a picture and says where it is; a text stands for itself.
fn show(program: &str, result: &Shown, folder: &Path) -> io::Result<String> {
    let image = match result {
        Shown::Text(text) => return Ok(text.clone()),
        Shown::Picture(image) => image,
    };
    let path = folder.join(format!("{program}.png"));
    fs::write(&path, image.to_png().map_err(io::Error::other)?)?;
    Ok(path.display().to_string())
}

fn milliseconds(time: std::time::Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1e3)
}

/// A number with three digits and a word for its size.
fn short(number: f64) -> String {
    let (divisor, word) = match number {
        1e9.. => (1e9, " billion"),
        1e6.. => (1e6, " million"),
        1e3.. => (1e3, " thousand"),
        _ => (1.0, ""),
    };
    let number = number / divisor;
    let decimals = if number < 10.0 {
        2
    } else if number < 100.0 {
        1
    } else {
        0
    };
    format!("{number:.decimals$}{word}")
}
