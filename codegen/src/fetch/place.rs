//! Where the document at a URL is expected: in a folder for its host, at the path that it has there. So relative locations between documents of a host
//! lead to the right files.

use std::path::{Path, PathBuf};

/// Returns the file in a folder where the document at a URL is expected.
pub(crate) fn expected(folder: &Path, url: &str) -> PathBuf {
    let (_, rest) = url.split_once("://").or_else(|| url.split_once(':')).unwrap_or(("", url));
    let (path, query) = rest.trim_start_matches('/').split_once('?').map_or((rest.trim_start_matches('/'), None), |(p, q)| (p, Some(q)));
    let mut segments: Vec<String> = Vec::new();
    for segment in path.split('/').filter(|segment| !matches!(*segment, "" | ".")) {
        match segment {
            // A URL must not lead out of the folder of its host.
            ".." if segments.len() > 1 => drop(segments.pop()),
            ".." => {}
            name => segments.push(name_of(name)),
        }
    }
    let mut name = if path.ends_with('/') || segments.len() < 2 { "index".to_owned() } else { segments.pop().unwrap_or_default() };
    if let Some(query) = query {
        name = format!("{name}_{}", name_of(query));
    }
    if !name.contains('.') {
        name.push_str(".xsd");
    }
    segments.push(name);
    segments.iter().fold(folder.to_owned(), |path, segment| path.join(segment))
}

/// Returns a part of a URL as a file name that every platform allows.
fn name_of(part: &str) -> String {
    let fits = |c: char| c.is_ascii_alphanumeric() || "._-+~=@,%".contains(c);
    let name: String = part.chars().map(|c| if fits(c) { c } else { '_' }).collect();
    // Windows removes a dot at the end, and a dot at the start hides the file.
    let name = name.trim_end_matches('.').to_owned();
    if name.starts_with('.') || name.is_empty() { format!("_{name}") } else { name }
}

/// Returns the URL that a relative location in the document at a URL stands for (RFC 3986, section 5.2).
pub(crate) fn join(base: &str, location: &str) -> Option<String> {
    let location = location.trim();
    let location = location.split('#').next().unwrap_or(location).replace('\\', "/");
    let (scheme, rest) = base.split_once("://")?;
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let path = path.split('?').next().unwrap_or_default();
    let whole = match location.strip_prefix('/') {
        Some(absolute) => absolute.to_owned(),
        None => format!("{}{location}", path.rsplit_once('/').map(|(folder, _)| format!("{folder}/")).unwrap_or_default()),
    };
    let mut segments: Vec<&str> = Vec::new();
    for segment in whole.split('/') {
        match segment {
            "." => {}
            ".." => drop(segments.pop()),
            other => segments.push(other),
        }
    }
    Some(format!("{scheme}://{host}/{}", segments.join("/")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_mirror_their_hosts() {
        let at = |url: &str| expected(Path::new("vendor"), url).to_string_lossy().replace('\\', "/");
        for (url, file) in [
            ("http://www.w3.org/2001/xml.xsd", "vendor/www.w3.org/2001/xml.xsd"),
            ("https://e.org:8080/a/./b/../c.xsd", "vendor/e.org_8080/a/c.xsd"),
            ("http://e.org/../../../etc/passwd.d", "vendor/e.org/etc/passwd.d"),
            ("http://e.org", "vendor/e.org/index.xsd"),
            ("http://e.org/wsdl/", "vendor/e.org/wsdl/index.xsd"),
            ("http://e.org/wsdl", "vendor/e.org/wsdl.xsd"),
            ("http://e.org/s?wsdl=a/b&c", "vendor/e.org/s_wsdl=a_b_c.xsd"),
            ("http://../.hidden/..", "vendor/_.hidden/index.xsd"),
            ("urn:a:b", "vendor/a_b/index.xsd"),
        ] {
            assert_eq!(at(url), file, "{url}");
        }
    }

    #[test]
    fn relative_locations_have_urls() {
        for (base, location, url) in [
            ("http://e.org/a/b.xsd", "c.xsd", "http://e.org/a/c.xsd"),
            ("http://e.org/a/b.xsd?x", "../c/d.xsd#f", "http://e.org/c/d.xsd"),
            ("http://e.org/a/b.xsd", "/c.xsd", "http://e.org/c.xsd"),
            ("http://e.org", "c.xsd", "http://e.org/c.xsd"),
            ("http://e.org/a.xsd", "../../c.xsd", "http://e.org/c.xsd"),
        ] {
            assert_eq!(join(base, location).as_deref(), Some(url), "{base} {location}");
        }
    }
}
