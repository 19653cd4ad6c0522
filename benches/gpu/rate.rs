//! How long something takes, measured long enough to be believed.

use benches::arguments::Arguments;
use benches::{Outcome, median};

/// How everything in a run is measured, in all languages.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Method {
    /// A measurement lasts at least so many milliseconds.
    pub(crate) at_least: f64,
    /// The median of so many measurements counts.
    pub(crate) rounds: usize,
}

impl Method {
    /// What the command line asks for.
    pub(crate) fn of(arguments: &Arguments) -> Self {
        Self { at_least: arguments.scale.pick(200.0, 0.0), rounds: arguments.rounds }
    }

    /// The seconds that one time takes of something that does a number of them and tells the milliseconds.
    ///
    /// # Errors
    ///
    /// Its own.
    pub(crate) fn seconds(self, mut measure: impl FnMut(u32) -> Outcome<f64>) -> Outcome<f64> {
        measure(1)?;
        let mut times = 1;
        let mut took = measure(times)?;
        while took < self.at_least {
            let wanted = 1.2 * self.at_least / took.max(1e-3) * f64::from(times);
            times = (wanted.ceil() as u32).clamp(times + 1, times.saturating_mul(100));
            took = measure(times)?;
        }
        let mut rounds = (0..self.rounds).map(|_| measure(times)).collect::<Outcome<Vec<f64>>>()?;
        rounds.sort_by(f64::total_cmp);
        Ok(median(&rounds) / 1e3 / f64::from(times))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_things_are_done_often() {
        let method = Method { at_least: 200.0, rounds: 3 };
        let mut longest: f64 = 0.0;
        let seconds = method.seconds(|times| {
            let took = 0.25 * f64::from(times);
            longest = longest.max(took);
            Ok(took)
        });
        assert_eq!(seconds, Ok(0.25e-3));
        assert!((200.0..300.0).contains(&longest), "{longest}");
    }

    #[test]
    fn what_fails_is_not_measured() {
        let method = Method { at_least: 0.0, rounds: 1 };
        assert_eq!(method.seconds(|_| Err("broken".to_owned())), Err("broken".to_owned()));
    }
}
