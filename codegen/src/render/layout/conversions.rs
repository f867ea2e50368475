//! Formats the conversions in the codec's `convert!`: one line for each, or the fields in filled lines if it is too long.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use super::is_punct;

/// The maximum width of a line.
const WIDTH: usize = 136;

/// Formats the conversions.
pub(super) fn conversions(tokens: TokenStream) -> String {
    let mut out = String::new();
    let mut statement = Vec::new();
    for token in tokens {
        let ends = is_punct(&token, ";");
        statement.push(token);
        if ends {
            out.push_str(&line(&std::mem::take(&mut statement)));
            out.push('\n');
        }
    }
    out
}

/// Formats one conversion.
fn line(statement: &[TokenTree]) -> String {
    let whole = spaced(statement);
    let fields = statement.iter().position(|token| matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace));
    let Some((at, TokenTree::Group(group))) = fields.and_then(|at| Some((at, statement.get(at)?))).filter(|_| whole.len() > WIDTH) else {
        return whole;
    };
    let (head, tail) = (spaced(statement.get(..at).unwrap_or_default()), spaced(statement.get(at + 1..).unwrap_or_default()));
    let mut out = format!("{head} {{\n");
    let all = spaced(&group.stream().into_iter().collect::<Vec<_>>());
    out.push_str(&filled(&all, "    "));
    let gap = if tail == ";" { "" } else { " " };
    out.push_str(&filled(&format!("}}{gap}{tail}"), ""));
    out.trim_end().to_owned()
}

/// Breaks a text after commas, so that the lines have at most the maximum width.
fn filled(text: &str, indent: &str) -> String {
    let mut out = String::new();
    let mut line = indent.to_owned();
    for (at, part) in text.split(", ").enumerate() {
        if at > 0 {
            line.push(',');
            let wide = line.len() + part.len() + 1 > WIDTH;
            if wide {
                out.push_str(&line);
                out.push('\n');
                line = if indent.is_empty() { "    ".to_owned() } else { indent.to_owned() };
            } else {
                line.push(' ');
            }
        }
        line.push_str(part);
    }
    out + &line + "\n"
}

/// Joins tokens with spaces, except within paths, before punctuation and around parentheses.
fn spaced(tokens: &[TokenTree]) -> String {
    let mut out = String::new();
    let mut joined = true;
    for (at, token) in tokens.iter().enumerate() {
        let next = tokens.get(at + 1);
        let is_path = is_punct(token, ":") && (out.ends_with(':') || next.is_some_and(|next| is_punct(next, ":")));
        let is_call = matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Parenthesis);
        let is_arrow = is_punct(token, ">") && out.ends_with('=');
        if !(joined || is_path || is_call || is_arrow || is_punct(token, ",;:")) {
            out.push(' ');
        }
        joined = is_path;
        match token {
            TokenTree::Group(group) => {
                let inner = spaced(&group.stream().into_iter().collect::<Vec<_>>());
                out.push_str(&if is_call { format!("({inner})") } else { format!("{{ {inner} }}").replace("{  }", "{}") });
            }
            token => out.push_str(&token.to_string()),
        }
    }
    out
}

#[cfg(test)]
#[allow(clippy::expect_used, reason = "a failed test panics")]
mod tests {
    use quote::quote;

    use super::*;

    #[test]
    fn a_conversion_is_a_line_or_has_filled_lines() {
        let short = quote!(from struct a::b::C => d::b::C { x: moved(x), y: into(z) } absent q, r; try enumeration a::E => d::E;);
        assert_eq!(
            conversions(short),
            "from struct a::b::C => d::b::C { x: moved(x), y: into(z) } absent q, r;\ntry enumeration a::E => d::E;\n"
        );
        let fields: TokenStream = (0..20).map(|at| quote::format_ident!("field_{at}")).map(|name| quote!(#name: moved(#name),)).collect();
        let long = conversions(quote!(try struct a::C => d::C { #fields } lost q;));
        assert!(long.lines().all(|line| line.len() <= WIDTH), "{long}");
        assert!(long.starts_with("try struct a::C => d::C {\n    field_0: moved(field_0), "), "{long}");
        assert!(long.ends_with("\n} lost q;\n"), "{long}");
    }
}
