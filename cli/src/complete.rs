//! Completes operations, and the fields and values of the chosen operation. The shell runs the program itself to get completions, so that
//! they come from the schema: `source <(webex-xml completions bash)`. Options and sub-commands are completed by `clap_complete`.

use std::ffi::OsStr;

use clap_complete::CompletionCandidate;
use clap_complete::env::Shells;

use crate::description::{Operation, child, children, find, first_sentence, operation};

/// Returns the script that makes a shell ask this program for completions.
pub(crate) fn script(shell: &str) -> Result<String, String> {
    let shells = Shells::builtins();
    let completer = shells.completer(shell).ok_or_else(|| format!("{shell} is no shell that is known"))?;
    let mut script = Vec::new();
    completer.write_registration("COMPLETE", "webex-xml", "webex-xml", "webex-xml", &mut script).map_err(|error| error.to_string())?;
    Ok(String::from_utf8_lossy(&script).into_owned())
}

/// Returns the possible paths in `--set`, for the operation on the command line.
pub(crate) fn paths(current: &OsStr) -> Vec<CompletionCandidate> {
    let chosen = std::env::args().skip(1).find_map(|word| operation(&word));
    chosen.map_or_else(Vec::new, |operation| candidates(operation, &current.to_string_lossy()))
}

fn candidates(operation: &Operation, typed: &str) -> Vec<CompletionCandidate> {
    if let Some((path, begun)) = typed.split_once('=') {
        return values(operation, path, begun);
    }
    let (above, begun) = typed.rsplit_once('.').map_or(("", typed), |(above, begun)| (above, begun));
    let mut info = operation.request;
    for step in above.split('.').filter(|step| !step.is_empty()) {
        let name = step.split('[').next().unwrap_or(step);
        let Some(inner) = child(info, name).and_then(|child| child.type_info()) else { return Vec::new() };
        info = inner;
    }
    let dot = if above.is_empty() { "" } else { "." };
    let matching = children(info).into_iter().filter(|child| child.name().starts_with(begun));
    matching
        .map(|child| {
            let end = if child.type_info().is_none() { "=" } else { "." };
            let doc = child.doc();
            let text = first_sentence(&doc);
            CompletionCandidate::new(format!("{above}{dot}{}{end}", child.name())).help((!text.is_empty()).then(|| text.to_owned().into()))
        })
        .collect()
}

/// Returns the possible values of the field at a path.
fn values(operation: &Operation, path: &str, begun: &str) -> Vec<CompletionCandidate> {
    let names: Vec<&str> = path.split('.').map(|step| step.split('[').next().unwrap_or(step)).collect();
    let values = find(operation.request, &names).map_or(&[][..], |declared| declared.simple().values);
    values.iter().filter(|value| value.starts_with(begun)).map(|value| CompletionCandidate::new(format!("{path}={value}"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_follow_the_schema() {
        let operation = operation("createMeeting").unwrap();
        let shown = |typed: &str| -> Vec<String> {
            candidates(operation, typed).iter().map(|candidate| candidate.get_value().to_string_lossy().into_owned()).collect()
        };
        assert_eq!(shown("metaData.confN"), ["metaData.confName="]);
        assert!(shown("").contains(&"metaData.".to_owned()));
        assert!(shown("participants.attendees.attendee[0].").iter().all(|path| path.starts_with("participants.attendees.attendee[0].")));
        assert_eq!(shown("telephony.telephonySupport=CALL"), ["telephony.telephonySupport=CALLIN", "telephony.telephonySupport=CALLBACK"]);
        assert!(shown("metaData.confName=").is_empty() && shown("nothing=").is_empty());
        assert!(shown("nothing.").is_empty() && script("tcsh9").is_err());
    }
}
