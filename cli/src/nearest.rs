//! In: a name that is not known, and those that are. Out: the known ones, the most alike first.
//! Not here: the message that names them.

/// Longer names are cut before they are compared: no known name is as long.
const LONGEST: usize = 64;

/// The names that are like this one, the most alike first; capitals make no difference.
pub(crate) fn nearest<'n>(name: &str, known: impl IntoIterator<Item = &'n str>) -> Vec<&'n str> {
    const LEAST: f64 = 0.5;
    let ranked = ranked(name, known);
    ranked.into_iter().filter(|(alike, _)| *alike >= LEAST).map(|(_, name)| name).collect()
}

/// All names, the most alike first; those that are equally alike keep their order.
pub(crate) fn by_likeness<'n>(name: &str, known: impl IntoIterator<Item = &'n str>) -> Vec<&'n str> {
    ranked(name, known).into_iter().map(|(_, name)| name).collect()
}

fn ranked<'n>(name: &str, known: impl IntoIterator<Item = &'n str>) -> Vec<(f64, &'n str)> {
    let name: String = name.chars().take(LONGEST).collect::<String>().to_lowercase();
    let mut ranked: Vec<(f64, &str)> = known.into_iter().map(|known| (likeness(&name, &known.to_lowercase()), known)).collect();
    ranked.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    ranked
}

/// From 0 to 1: by letters left out, added, replaced and swapped; a name that holds the other is near.
fn likeness(name: &str, known: &str) -> f64 {
    const WITHIN: f64 = 0.7;
    let alike = strsim::normalized_damerau_levenshtein(name, known);
    let within = name.len() > 2 && (known.contains(name) || name.contains(known));
    if within { alike.max(WITHIN) } else { alike }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_alike_come_first() {
        let known = ["getUser", "getSessionInfo", "getSiteType", "lstsummarySession"];
        assert_eq!(nearest("getsesionInfo", known)[0], "getSessionInfo");
        assert_eq!(nearest("Session", known), ["getSessionInfo", "lstsummarySession"]);
        assert!(nearest("zzz", known).is_empty() && nearest("", known).is_empty());
        assert_eq!(by_likeness("CALLIN2", ["NONE", "CALLBACK", "CALLIN", "OTHER"])[0], "CALLIN");
        assert_eq!(nearest(&"x".repeat(1_000_000), known).len(), 0);
    }
}
