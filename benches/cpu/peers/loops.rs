//! Rust loops as contestants.

use std::hint::black_box;
use std::time::Instant;

use benches::Outcome;
use benches::ours::milliseconds;

use crate::contest::Contestant;

/// A state, and a step that is taken some times.
pub(crate) struct Loops<S> {
    start: S,
    state: S,
    steps: u32,
    step: fn(&mut S),
    result: fn(&S) -> Vec<f32>,
}

impl<S: Clone + 'static> Loops<S> {
    /// The workload's two contestants: it differs only in the step whether all cores take part.
    pub(crate) fn pair(
        start: S,
        steps: u32,
        [one_thread, rayon]: [fn(&mut S); 2],
        result: fn(&S) -> Vec<f32>,
    ) -> [Box<dyn Contestant>; 2] {
        [one_thread, rayon].map(|step| {
            let (start, state) = (start.clone(), start.clone());
            Box::new(Self { start, state, steps, step, result }) as Box<dyn Contestant>
        })
    }
}

impl<S: Clone> Contestant for Loops<S> {
    fn run(&mut self) -> Outcome<f64> {
        self.state.clone_from(&self.start);
        let start = Instant::now();
        for _ in 0..self.steps {
            // Hidden from the optimizer, which else could make one step of many.
            black_box(self.step)(black_box(&mut self.state));
        }
        Ok(milliseconds(start))
    }

    fn result(&mut self) -> Outcome<Vec<f32>> {
        Ok((self.result)(&self.state))
    }
}
