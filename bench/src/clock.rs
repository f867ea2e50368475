//! In: works to compare. Out: for each its rate, and the median of its ratios to a first one measured just before it.
//! Not done here: what the works are (`contenders`).

use std::time::{Duration, Instant};

/// How long and how often is measured.
#[derive(Debug, Clone, Copy)]
pub struct Effort {
    /// Rounds; the median of them counts.
    pub rounds: usize,
    /// The least time of one measurement; a work that takes longer is done once.
    pub least: Duration,
}

/// A rate, and its ratio to that of the scan.
#[derive(Debug, Clone, Copy)]
pub struct Rate {
    /// How often a second.
    pub rate: f64,
    /// By how much more often than the first work.
    pub ratio: f64,
}

/// Measures by turns: the first work, another, the first, the next ... so that what else the machine does strikes both of a pair.
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

fn rate(least: Duration, work: &mut dyn FnMut()) -> f64 {
    let (start, mut count) = (Instant::now(), 0_u32);
    while count == 0 || start.elapsed() < least {
        work();
        count += 1;
    }
    f64::from(count) / start.elapsed().as_secs_f64()
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
