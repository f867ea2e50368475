//! Shows what takes long: a line on standard error that appears after two seconds and disappears at the end.

use std::io::{self, IsTerminal};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::JoinHandle;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::console::Console;

/// The time after which progress is shown.
const DELAY: Duration = Duration::from_secs(2);

/// The time between two steps of the sign that the program is still running.
const TICK: Duration = Duration::from_millis(100);

/// The progress of a command. It is shown only to people at a terminal.
pub(super) struct Progress {
    bar: ProgressBar,
    /// Ends the thread that shows the line after the delay.
    ended: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Progress {
    /// Begins a task without a known number of steps.
    pub(super) fn new(what: &'static str, console: Console, quiet: bool) -> Self {
        let shown = console.is_for_people() && !quiet && io::stderr().is_terminal();
        Self::on(ProgressDrawTarget::stderr(), what, shown.then_some(DELAY))
    }

    /// Begins a task whose progress appears on a target after a delay, or never.
    fn on(target: ProgressDrawTarget, what: &'static str, delay: Option<Duration>) -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden()).with_message(what);
        bar.set_style(ProgressStyle::default_spinner());
        let ended = delay.map(|delay| {
            let (sender, ended) = mpsc::channel();
            let bar = bar.clone();
            let show = move || {
                if ended.recv_timeout(delay) == Err(RecvTimeoutError::Timeout) {
                    bar.set_draw_target(target);
                    bar.tick();
                    bar.enable_steady_tick(TICK);
                }
            };
            (sender, std::thread::spawn(show))
        });
        Progress { bar, ended }
    }

    /// Begins a part of the task with this number of steps.
    pub(super) fn steps(&self, what: &'static str, number: usize) {
        self.bar.set_message(what);
        self.bar.set_length(number as u64);
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} {pos} of {len}") {
            self.bar.set_style(style);
        }
    }

    /// Tells that a step is done.
    pub(super) fn step(&self) {
        self.bar.inc(1);
    }

    /// Runs a function that prints, without the line in between.
    pub(super) fn aside<T>(&self, print: impl FnOnce() -> T) -> T {
        self.bar.suspend(print)
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((sender, shown)) = self.ended.take() {
            drop(sender);
            let _ = shown.join();
        }
        self.bar.finish_and_clear();
    }
}

#[cfg(test)]
mod tests {
    use indicatif::InMemoryTerm;

    use super::*;

    fn shown(delay: Option<Duration>) -> (String, String) {
        let terminal = InMemoryTerm::new(3, 40);
        let progress = Progress::on(ProgressDrawTarget::term_like(Box::new(terminal.clone())), "reading", delay);
        progress.steps("checking", 2);
        progress.step();
        if delay == Some(Duration::ZERO) {
            // The thread shows the line, and then ends.
            while progress.ended.as_ref().is_some_and(|(_, thread)| !thread.is_finished()) {
                std::thread::yield_now();
            }
        }
        let during = terminal.contents();
        drop(progress);
        (during, terminal.contents())
    }

    #[test]
    fn progress_appears_after_the_delay_and_disappears() {
        let (during, after) = shown(Some(Duration::ZERO));
        assert!(during.contains("checking 1 of 2"), "{during:?}");
        assert_eq!(after, "");
    }

    #[test]
    fn a_short_task_shows_nothing() {
        assert_eq!(shown(Some(DELAY)), (String::new(), String::new()));
        assert_eq!(shown(None), (String::new(), String::new()));
    }
}
