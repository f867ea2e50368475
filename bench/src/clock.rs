//! Measures tasks and compares them with a reference task. It returns the rate of each task and the median of its ratios to the reference,
//! which is measured just before it.

use std::time::{Duration, Instant};

/// The duration and the number of the measurements.
#[derive(Debug, Clone, Copy)]
pub struct Effort {
    /// The number of rounds, of which the median counts.
    pub rounds: usize,
    /// The minimum time of one measurement. A task that takes longer is run once.
    pub least: Duration,
}

/// A rate, and its ratio to that of the reference task.
#[derive(Debug, Clone, Copy)]
pub struct Rate {
    /// The number of runs per second.
    pub rate: f64,
    /// The ratio to the rate of the reference task.
    pub ratio: f64,
}

/// Measures the reference task and the others alternately, so that other activity on the machine affects both tasks of a pair.
pub fn compare(effort: Effort, first: &mut dyn FnMut(), others: &mut [Box<dyn FnMut() + '_>]) -> Vec<Rate> {
    let mut rounds = vec![Vec::with_capacity(effort.rounds); others.len()];
    for _ in 0..effort.rounds {
        for (other, pairs) in others.iter_mut().zip(&mut rounds) {
            pairs.push((rate(effort.least, first), rate(effort.least, &mut **other)));
        }
    }
    let of = |pairs: Vec<(f64, f64)>| Rate {
        rate: median(pairs.iter().map(|(_, rate)| *rate).collect()),
        ratio: median(pairs.iter().map(|(first, rate)| rate / first).collect()),
    };
    rounds.into_iter().map(of).collect()
}

fn rate(least: Duration, task: &mut dyn FnMut()) -> f64 {
    let (start, mut count) = (Instant::now(), 0_u32);
    while count == 0 || start.elapsed() < least {
        task();
        count += 1;
    }
    f64::from(count) / start.elapsed().as_secs_f64()
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
