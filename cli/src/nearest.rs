//! Sorts the known names by similarity to an unknown name, so that messages can suggest the most similar ones.

/// The length to which a name is cut before the comparison; known names are shorter.
const LONGEST: usize = 64;

/// Returns the similar names, the most similar first, regardless of case.
pub(crate) fn nearest<'n>(name: &str, known: impl IntoIterator<Item = &'n str>) -> Vec<&'n str> {
    const LEAST: f64 = 0.5;
    let ranked = ranked(name, known);
    ranked.into_iter().filter(|(similar, _)| *similar >= LEAST).map(|(_, name)| name).collect()
}

/// Returns all names, the most similar first; equally similar names keep their order.
pub(crate) fn by_similarity<'n>(name: &str, known: impl IntoIterator<Item = &'n str>) -> Vec<&'n str> {
    ranked(name, known).into_iter().map(|(_, name)| name).collect()
}

fn ranked<'n>(name: &str, known: impl IntoIterator<Item = &'n str>) -> Vec<(f64, &'n str)> {
    let name: String = name.chars().take(LONGEST).collect::<String>().to_lowercase();
    let mut ranked: Vec<(f64, &str)> = known.into_iter().map(|known| (similarity(&name, &known.to_lowercase()), known)).collect();
    ranked.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    ranked
}

/// Returns the similarity from 0 to 1, by the Damerau-Levenshtein distance; a name that contains the other counts as similar.
fn similarity(name: &str, known: &str) -> f64 {
    const WITHIN: f64 = 0.7;
    let similar = strsim::normalized_damerau_levenshtein(name, known);
    let within = name.len() > 2 && (known.contains(name) || name.contains(known));
    if within { similar.max(WITHIN) } else { similar }
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
        assert_eq!(by_similarity("CALLIN2", ["NONE", "CALLBACK", "CALLIN", "OTHER"])[0], "CALLIN");
        assert_eq!(nearest(&"x".repeat(1_000_000), known).len(), 0);
    }
}
