//! Suggests the known name that a misspelled name most likely means.

/// The maximum length of names that are compared.
const LONGEST: usize = 200;

/// Returns the known name with the smallest difference, if at most a third of the letters differ.
///
/// Two swapped letters count as one difference, and letter case is ignored: `tpye` is near to `type`.
#[must_use]
pub fn nearest<'k>(name: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let length = name.chars().count();
    if length > LONGEST {
        return None;
    }
    let (limit, lower) = ((length / 3).max(1), name.to_lowercase());
    let near = |candidate: &&str| candidate.chars().count().abs_diff(length) <= limit;
    let measured = known.into_iter().filter(near).map(|candidate| (strsim::osa_distance(&lower, &candidate.to_lowercase()), candidate));
    measured.filter(|(distance, _)| *distance <= limit).min().map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_suggested() {
        let known = ["userType", "meetingType", "a", "type", "name"];
        assert_eq!(nearest("UsrType", known), Some("userType"));
        assert_eq!(nearest("tpye", known), Some("type"));
        assert_eq!(nearest("nmae", known), Some("name"));
        assert_eq!(nearest("zzz", known), None);
    }
}
