//! Where the time goes: spans of the host's and the device's time, gathered while a session is profiled.
//!
//! A profile begins and ends at a place in the queue, so nothing that runs outside of it costs more for it. What ran on the device is timed
//! by the device where it can do that, a run in a compute pass of its own, and by the host elsewhere.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::time::Duration;

use serde_json::json;

pub(crate) use crate::platform::collector::Collector;

/// What happened when, in the order in which it was told.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Profile {
    /// All spans.
    pub spans: Vec<Span>,
}

/// Something that took time.
#[derive(Clone, Debug, PartialEq)]
pub struct Span {
    /// Who did it.
    pub track: Track,
    /// What it was.
    pub name: String,
    /// When it began, counted from the beginning of the profile.
    pub start: Duration,
    /// How long it took.
    pub duration: Duration,
}

/// Whose time it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Track {
    /// The caller's, in a call.
    Calls,
    /// The device thread's: planning is not part of it, making and submitting commands is.
    Submit,
    /// The device's, as the host sees it: from the submission until it is known to be done.
    InFlight,
    /// The device's, as it says itself, or the CPU backend's: a dispatch.
    Execute,
    /// Copying and handing out what was read.
    Answer,
}

impl Track {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Calls => "call",
            Self::Submit => "submit",
            Self::InFlight => "in flight",
            Self::Execute => "execute",
            Self::Answer => "answer",
        }
    }
}

impl Profile {
    /// A table for people: what it was, how often, and how long it took.
    pub fn table(&self) -> String {
        let mut rows: BTreeMap<(Track, &str), Vec<f64>> = BTreeMap::new();
        for span in &self.spans {
            let times = rows.entry((span.track, &span.name)).or_default();
            times.push(span.duration.as_secs_f64() * 1e6);
        }
        let mut table = String::new();
        let head = ["", "", "count", "total ms", "mean us", "least us", "most us"];
        let widths = [10, 32, 8, 10, 10, 10, 10];
        let mut line = |cells: [String; 7]| {
            let [track, name, numbers @ ..] = cells;
            let _ = write!(table, "{track:<0$} {name:<1$}", widths[0], widths[1]);
            for (number, width) in numbers.iter().zip(&widths[2..]) {
                let _ = write!(table, " {number:>width$}");
            }
            table.push('\n');
        };
        line(head.map(String::from));
        for ((track, name), times) in rows {
            let total: f64 = times.iter().sum();
            let least = times.iter().copied().fold(f64::INFINITY, f64::min);
            let most = times.iter().copied().fold(0.0, f64::max);
            let mean = total / times.len() as f64;
            let numbers = [mean, least, most].map(|number| format!("{number:.1}"));
            let [mean, least, most] = numbers;
            let total = format!("{:.3}", total / 1000.0);
            line([track.name().into(), name.into(), times.len().to_string(), total, mean, least, most]);
        }
        table
    }

    /// The same for `chrome://tracing` and Perfetto: a file in the Trace Event Format.
    pub fn to_trace(&self) -> String {
        let microseconds = |duration: Duration| duration.as_nanos() as f64 / 1000.0;
        let tracks = [Track::Calls, Track::Submit, Track::InFlight, Track::Execute, Track::Answer];
        let names = tracks.map(|track| {
            let args = json!({ "name": track.name() });
            json!({ "ph": "M", "pid": 1, "tid": track as u8, "name": "thread_name", "args": args })
        });
        let spans = self.spans.iter().map(|span| {
            let (start, duration) = (microseconds(span.start), microseconds(span.duration));
            json!({
                "ph": "X", "pid": 1, "tid": span.track as u8, "name": span.name, "ts": start, "dur": duration
            })
        });
        let events: Vec<_> = names.into_iter().chain(spans).collect();
        json!({ "displayTimeUnit": "ms", "traceEvents": events }).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_of_a_name_share_a_row_and_stand_in_the_trace() {
        let span = |track, name: &str, start, duration| Span {
            track,
            name: name.into(),
            start: Duration::from_micros(start),
            duration: Duration::from_micros(duration),
        };
        let spans = vec![
            span(Track::Execute, "a \"b\" é", 10, 2000),
            span(Track::Calls, "run", 1, 1),
            span(Track::Execute, "a \"b\" é", 20, 1000),
        ];
        let profile = Profile { spans };
        let table = profile.table();
        let rows: Vec<Vec<&str>> = table.lines().map(|line| line.split_whitespace().collect()).collect();
        assert_eq!(rows[1], ["call", "run", "1", "0.001", "1.0", "1.0", "1.0"]);
        assert_eq!(rows[2], ["execute", "a", "\"b\"", "é", "2", "3.000", "1500.0", "1000.0", "2000.0"]);
        let trace: serde_json::Value = serde_json::from_str(&profile.to_trace()).unwrap();
        let expected =
            json!({ "ph": "X", "pid": 1, "tid": 3, "name": "a \"b\" é", "ts": 20.0, "dur": 1000.0 });
        assert_eq!(trace["traceEvents"][7], expected);
    }
}
