//! Who gets what kernels tell by `console.log`, and as which text.

use std::fmt;
#[cfg(not(target_arch = "wasm32"))]
use std::sync::Arc;

use runtime::Logged;

/// Who gets it.
#[derive(Clone, Default)]
pub(crate) enum Listener {
    /// Standard output; in a page nobody.
    #[default]
    Output,
    /// A function of the program, line by line.
    #[cfg(not(target_arch = "wasm32"))]
    Function(Arc<dyn Fn(&str) + Send + Sync>),
    /// Who asks for it.
    Asking,
}

impl Listener {
    /// Has what runs tell brought to whom it is for, as soon as it is there.
    pub(crate) fn listen(&self, mut next: impl FnMut() -> Option<Logged>) {
        if matches!(self, Self::Asking) {
            return;
        }
        while let Some(logged) = next() {
            #[cfg(not(target_arch = "wasm32"))]
            native::wait(logged, self.clone());
            #[cfg(target_arch = "wasm32")]
            drop(logged);
        }
    }
}

impl fmt::Debug for Listener {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Output => "Output",
            #[cfg(not(target_arch = "wasm32"))]
            Self::Function(_) => "Function",
            Self::Asking => "Asking",
        })
    }
}

#[cfg(not(target_arch = "wasm32"))]
mod native {
    use std::pin::Pin;
    use std::sync::{Arc, Mutex, PoisonError};
    use std::task::{Context, Poll, Wake, Waker};

    use artifact::{Log, LogCall, LogKind, LogPart};
    use runtime::Logged;

    use super::Listener;

    const SIGNED: u32 = LogKind::Signed as u32;
    const UNSIGNED: u32 = LogKind::Unsigned as u32;
    const SINGLE: u32 = LogKind::Single as u32;

    /// Waits without a thread: the one that answers also tells, before it answers what was asked later.
    pub(super) fn wait(logged: Logged, listener: Listener) {
        Arc::new(Waiting { logged: Mutex::new(Some(logged)), listener }).look();
    }

    struct Waiting {
        logged: Mutex<Option<Logged>>,
        listener: Listener,
    }

    impl Waiting {
        fn look(self: Arc<Self>) {
            let waker = Waker::from(self.clone());
            let mut waiting = self.logged.lock().unwrap_or_else(PoisonError::into_inner);
            let Some(logged) = waiting.as_mut() else { return };
            let Poll::Ready(contents) = Pin::new(logged).poll(&mut Context::from_waker(&waker)) else {
                return;
            };
            let Some(logged) = waiting.take() else { return };
            drop(waiting);
            // What failed is told to whoever waits for something.
            let words = contents.map(|contents| contents.into_vec::<u32>()).unwrap_or_default();
            for line in lines(logged.calls(), &words) {
                match &self.listener {
                    Listener::Function(function) => function(&line),
                    _ => println!("{line}"),
                }
            }
        }
    }

    impl Wake for Waiting {
        fn wake(self: Arc<Self>) {
            self.look();
        }
    }

    /// What the buffer holds, a line for each call in the order of threads, and how many were left out.
    fn lines(calls: &[LogCall], words: &[u32]) -> Vec<String> {
        let Some((&count, records)) = words.split_first() else { return Vec::new() };
        let records = records.chunks_exact(Log::RECORD as usize);
        let kept = records.len().min(count as usize);
        let mut records: Vec<&[u32]> = records.take(kept).collect();
        records.sort_by_key(|record| [record[2], record[3], record[4]]);
        let line = |record: &&[u32]| calls.get(record[0] as usize).map(|call| line(call, record));
        let mut lines: Vec<String> = records.iter().filter_map(line).collect();
        let more = count as usize - kept;
        if more > 0 {
            let least = if count >= Log::MANY { "at least " } else { "" };
            lines
                .push(format!("{least}{more} more calls of console.log: logLimit says how many a run tells"));
        }
        lines
    }

    fn line(call: &LogCall, record: &[u32]) -> String {
        let mut numbers = record[Log::HEAD as usize..].chunks_exact(2).enumerate();
        let mut next = || {
            numbers.next().map_or(String::new(), |(place, words)| match record[1] >> (2 * place) & 3 {
                SIGNED => words[0].cast_signed().to_string(),
                UNSIGNED => words[0].to_string(),
                SINGLE => number(f32::from_bits(words[0]).into()),
                _ => number(f64::from_bits(u64::from(words[1]) << 32 | u64::from(words[0]))),
            })
        };
        let mut text = format!("thread {}, {}, {}, line {}:", record[2], record[3], record[4], call.line);
        for part in &call.parts {
            text.push(' ');
            match part {
                LogPart::Text(part) => text.push_str(part),
                LogPart::Number => text.push_str(&next()),
                LogPart::Boolean => text.push_str(if next() == "0" { "false" } else { "true" }),
                LogPart::Vector(components, name) => {
                    let components: Vec<String> = (0..*components).map(|_| next()).collect();
                    text.push_str(&format!("{name}({})", components.join(", ")));
                }
            }
        }
        text
    }

    /// A number as JavaScript writes it, zero with its sign; a fraction that is a single with no more digits than tell it from other singles.
    fn number(value: f64) -> String {
        let size = value.abs();
        let is_single = value.fract() != 0.0 && f64::from(value as f32) == value;
        if value.is_nan() {
            "NaN".into()
        } else if value.is_infinite() {
            if value > 0.0 { "Infinity".into() } else { "-Infinity".into() }
        } else if size == 0.0 || (1e-6..1e21).contains(&size) {
            if is_single { (value as f32).to_string() } else { value.to_string() }
        } else {
            let text = if is_single { format!("{:e}", value as f32) } else { format!("{value:e}") };
            if size > 1.0 { text.replace('e', "e+") } else { text }
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn numbers_are_written_as_in_javascript() {
            let doubles = [1.0, -0.0, 0.1, 1e21, 1.5e-7, 123_456_789_012_345_680_000.0, 0.000_001, f64::NAN];
            let texts = ["1", "-0", "0.1", "1e+21", "1.5e-7", "123456789012345680000", "0.000001", "NaN"];
            assert_eq!(doubles.map(number), texts);
            assert_eq!(
                [0.1_f32, 16_777_216.0, 1e-30].map(|single| number(single.into())),
                ["0.1", "16777216", "1e-30"]
            );
        }
    }
}
