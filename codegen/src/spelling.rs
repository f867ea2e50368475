//! Finds the known name that a misspelled one means.

/// Longest name that is compared.
const LONGEST: usize = 200;

/// Returns the known name that differs least from another, if it is near enough to be meant: a third of the letters at most.
///
/// Two letters in each other's place are one difference, and letter case is none: `tpye` is near to `type`.
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
