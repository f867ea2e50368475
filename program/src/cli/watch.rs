//! `xsdgen generate --watch`: generates, and generates again whenever a file changes that was read.
//!
//! The folders of the files are watched, because editors replace a file by moving another one into its place. After an event, the files are compared with
//! their state when they were read last, so that events about other files, and those that the program itself causes, have no effect.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, SystemTime};

use notify::{RecommendedWatcher, RecursiveMode, Watcher};

use super::args::Generate;
use super::console::{Console, Ran, Stop};
use super::generate::{self, CYAN, RESET};
use super::{Outcome, plural, terminal};

/// The time without an event after which the files are compared: saving a file causes several events.
const QUIET: Duration = Duration::from_millis(100);

/// What the loop waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Event {
    /// Something changed in a folder.
    Changed,
    /// Nothing happened within the time.
    Quiet,
    /// The user ends the program.
    End,
}

/// The length of a file and the time when it was changed; `None` if there is none.
type Stamp = Option<(u64, Option<SystemTime>)>;

/// The files that were read or looked for, each with its stamp before that.
type Read = BTreeMap<PathBuf, Stamp>;

/// What is generated, and the files and events that cause it.
trait Work {
    /// Generates, prints the problems, and returns the files that were read or looked for.
    fn generate(&mut self) -> io::Result<Read>;
    /// Returns the schema files that the command line or the configuration names now.
    fn schemas(&self) -> Vec<PathBuf>;
    fn stamp(&self, file: &Path) -> Stamp;
    /// Watches the folders of these files, and those in which new schema files are looked for.
    fn watch(&mut self, files: &Read) -> io::Result<()>;
    /// Says that changes of these files are waited for.
    fn announce(&self, files: &Read) -> io::Result<()>;
    /// Waits for an event, for a time or forever.
    fn wait(&mut self, time: Option<Duration>) -> Event;
}

pub(super) fn run(args: &Generate, console: Console) -> Ran {
    let (sender, events) = mpsc::channel();
    let changes = sender.clone();
    let failed = |why: &dyn std::fmt::Display| console.problem(format!("cannot watch files: {why}"), None).map(|()| Outcome::Io);
    let made = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        // Reading a file is no change. An error means that events may be lost, so that the files have to be compared.
        if !event.is_ok_and(|event| event.kind.is_access()) {
            let _ = changes.send(Event::Changed);
        }
    });
    let watcher = match made {
        Ok(watcher) => watcher,
        Err(why) => return Ok(failed(&why)?),
    };
    let ended = ctrlc::set_handler(move || {
        let _ = sender.send(Event::End);
    });
    if let Err(why) = ended {
        return Ok(failed(&why)?);
    }
    follow(&mut Files { args, console, watcher, watched: BTreeSet::new(), events })?;
    Ok(Outcome::Done)
}

/// Generates until the user ends the program.
fn follow(work: &mut dyn Work) -> io::Result<()> {
    loop {
        let schemas = work.schemas();
        let read = work.generate()?;
        work.announce(&read)?;
        loop {
            // An event can be about a new folder, which is then watched too.
            work.watch(&read)?;
            // A file can have changed since it was read and before its folder was watched; then there is no event.
            if is_same(work, &schemas, &read) && work.wait(None) == Event::End {
                return Ok(());
            }
            loop {
                match work.wait(Some(QUIET)) {
                    Event::Changed => {}
                    Event::Quiet => break,
                    Event::End => return Ok(()),
                }
            }
            if !is_same(work, &schemas, &read) {
                break;
            }
        }
    }
}

/// Returns whether the same schema files are named, and no file changed since it was read.
fn is_same(work: &dyn Work, schemas: &[PathBuf], read: &Read) -> bool {
    work.schemas() == schemas && read.iter().all(|(file, stamp)| work.stamp(file) == *stamp)
}

/// The files on disk.
struct Files<'a> {
    args: &'a Generate,
    console: Console,
    watcher: RecommendedWatcher,
    watched: BTreeSet<PathBuf>,
    events: Receiver<Event>,
}

impl Work for Files<'_> {
    fn generate(&mut self) -> io::Result<Read> {
        let mut files = Read::new();
        let mut read = |file: &Path| {
            files.entry(file.to_owned()).or_insert_with(|| stamp(file));
        };
        match generate::once(self.args, self.console, &mut read) {
            Ok(_) | Err(Stop::Ended(_)) => Ok(files),
            Err(Stop::Output(why)) => Err(why),
        }
    }

    fn schemas(&self) -> Vec<PathBuf> {
        generate::schemas(self.args)
    }

    fn stamp(&self, file: &Path) -> Stamp {
        stamp(file)
    }

    fn watch(&mut self, files: &Read) -> io::Result<()> {
        let searched = generate::searched(self.args).into_iter();
        let searched = searched.map(|folder| if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder });
        let folders = files.keys().filter_map(|file| nearest_folder(file)).chain(searched).collect::<BTreeSet<_>>();
        for folder in folders.difference(&self.watched) {
            // A folder that cannot be watched can disappear in the meantime.
            if let Err(why) = self.watcher.watch(folder, RecursiveMode::NonRecursive) {
                self.console.problem(format!("cannot watch `{}`: {why}", folder.display()), None)?;
            }
        }
        for folder in self.watched.difference(&folders) {
            let _ = self.watcher.unwatch(folder);
        }
        self.watched = folders;
        Ok(())
    }

    fn announce(&self, files: &Read) -> io::Result<()> {
        if !self.args.quiet && self.console.is_for_people() {
            writeln!(terminal::stderr(), "{CYAN}watching{RESET} {}; Ctrl-C ends", plural(files.len(), "file"))?;
        }
        Ok(())
    }

    fn wait(&mut self, time: Option<Duration>) -> Event {
        match time {
            None => self.events.recv().unwrap_or(Event::End),
            Some(time) => match self.events.recv_timeout(time) {
                Ok(event) => event,
                Err(RecvTimeoutError::Timeout) => Event::Quiet,
                Err(RecvTimeoutError::Disconnected) => Event::End,
            },
        }
    }
}

fn stamp(file: &Path) -> Stamp {
    std::fs::metadata(file).ok().map(|found| (found.len(), found.modified().ok()))
}

/// Returns the folder of a file, or the nearest one around it that exists.
fn nearest_folder(file: &Path) -> Option<PathBuf> {
    let folders = file.ancestors().skip(1).map(|folder| if folder.as_os_str().is_empty() { Path::new(".") } else { folder });
    folders.into_iter().find(|folder| folder.is_dir()).map(Path::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The files that change before an event, and the number of events that follow at once.
    type Step = (Vec<(&'static str, Option<u64>)>, usize);

    /// Files whose stamps are numbers, and the events that arrive. Each wait for a change takes the next step.
    #[derive(Default)]
    struct Script {
        files: BTreeMap<&'static str, u64>,
        read: Vec<&'static str>,
        steps: Vec<Step>,
        left: usize,
        runs: usize,
        watched: BTreeSet<PathBuf>,
        during: Vec<(&'static str, u64)>,
    }

    impl Work for Script {
        fn generate(&mut self) -> io::Result<Read> {
            self.runs += 1;
            let read = self.read.iter().map(|name| (PathBuf::from(name), self.stamp(Path::new(name)))).collect();
            self.files.extend(std::mem::take(&mut self.during));
            Ok(read)
        }

        fn schemas(&self) -> Vec<PathBuf> {
            self.files.keys().filter(|name| name.ends_with(".xsd")).map(PathBuf::from).collect()
        }

        fn stamp(&self, file: &Path) -> Stamp {
            self.files.get(file.to_str()?).map(|stamp| (*stamp, None))
        }

        fn watch(&mut self, files: &Read) -> io::Result<()> {
            self.watched = files.keys().cloned().collect();
            Ok(())
        }

        fn announce(&self, _: &Read) -> io::Result<()> {
            Ok(())
        }

        fn wait(&mut self, time: Option<Duration>) -> Event {
            if time.is_some() && self.left == 0 {
                return Event::Quiet;
            }
            if time.is_some() {
                self.left -= 1;
                return Event::Changed;
            }
            if self.steps.is_empty() {
                return Event::End;
            }
            let (changes, more) = self.steps.remove(0);
            for (name, stamp) in changes {
                match stamp {
                    Some(stamp) => self.files.insert(name, stamp),
                    None => self.files.remove(name),
                };
            }
            self.left = more;
            Event::Changed
        }
    }

    fn runs(steps: Vec<Step>) -> usize {
        let files = [("a.xsd", 1), ("xsdgen.toml", 1), ("lib.rs", 1)].into();
        let mut script = Script { files, read: vec!["a.xsd", "xsdgen.toml", "gone.ent"], steps, ..Script::default() };
        assert!(follow(&mut script).is_ok());
        assert_eq!(script.watched.len(), 3);
        script.runs
    }

    #[test]
    fn a_change_of_a_file_that_was_read_generates() {
        assert_eq!(runs(vec![]), 1);
        assert_eq!(runs(vec![(vec![("a.xsd", Some(2))], 5)]), 2, "several events are one change");
        assert_eq!(runs(vec![(vec![("xsdgen.toml", Some(2))], 0), (vec![("a.xsd", Some(2))], 0)]), 3);
        assert_eq!(runs(vec![(vec![("a.xsd", None)], 0), (vec![("a.xsd", Some(1))], 0)]), 3, "replaced by another file");
        assert_eq!(runs(vec![(vec![("gone.ent", Some(1))], 0)]), 2, "a file that was missing appears");
        assert_eq!(runs(vec![(vec![("b.xsd", Some(1))], 0)]), 2, "a pattern matches a new file");
    }

    #[test]
    fn other_events_have_no_effect() {
        assert_eq!(runs(vec![(vec![("lib.rs", Some(2))], 0), (vec![], 3), (vec![("a.xsd", Some(1))], 0)]), 1);
    }

    #[test]
    fn a_change_during_a_run_is_not_missed() {
        let files = [("a.xsd", 1)].into();
        let mut script = Script { files, read: vec!["a.xsd"], during: vec![("a.xsd", 2)], ..Script::default() };
        assert!(follow(&mut script).is_ok());
        assert_eq!(script.runs, 2);
    }
}
