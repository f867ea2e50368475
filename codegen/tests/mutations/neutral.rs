//! Changes of schemas that do not change what they declare.

use roxmltree::{Document, Node};

use super::random::Random;
use super::set::Files;

/// The namespace of XML Schema.
pub(crate) const XS: &str = "http://www.w3.org/2001/XMLSchema";

/// A change of some file. It returns whether it was possible.
pub(crate) type Mutation = fn(&mut Files, &str, &mut Random) -> bool;

/// All neutral changes, by name.
pub(crate) const NEUTRAL: &[(&str, Mutation)] =
    &[("reorder", reorder), ("split", split), ("rename", rename), ("comment", comment), ("prefix", prefix), ("regroup", regroup)];

/// Returns the start tag of the root, the children that have to come first, the other children, and the end tag.
fn parts<'t>(document: &Document<'t>) -> Option<(&'t str, Vec<&'t str>, Vec<&'t str>, &'t str)> {
    let text = document.input_text();
    let root = document.root_element();
    let children: Vec<Node<'_, '_>> = root.children().filter(Node::is_element).collect();
    let (first, last) = (children.first()?, children.last()?);
    let early = |node: &&Node<'_, '_>| matches!(node.tag_name().name(), "import" | "include" | "annotation");
    if children.iter().any(|node| node.tag_name().name() == "redefine") {
        return None;
    }
    let of = |nodes: Vec<&Node<'_, '_>>| nodes.into_iter().map(|node| text.get(node.range()).unwrap_or_default()).collect();
    let (head, rest): (Vec<_>, Vec<_>) = children.iter().partition(early);
    Some((text.get(..first.range().start)?, of(head), of(rest), text.get(last.range().end..)?))
}

fn reorder(files: &mut Files, file: &str, random: &mut Random) -> bool {
    files.edit(file, |document| {
        let (start, head, mut rest, end) = parts(document)?;
        random.shuffle(&mut rest);
        Some([vec![start], head, rest, vec![end]].concat().join("\n"))
    })
}

/// Moves some components to a file that the old one includes.
fn split(files: &mut Files, file: &str, random: &mut Random) -> bool {
    let name = files.new_name(file);
    let mut part = None;
    let done = files.edit(file, |document| {
        let root = document.root_element();
        let tag = document.input_text().get(root.range())?.strip_prefix('<')?.split([' ', '\n', '\t', '\r', '>']).next()?;
        let xs = tag.split_once(':').map_or(String::new(), |(prefix, _)| format!("{prefix}:"));
        let (start, head, rest, end) = parts(document)?;
        let (moved, kept): (Vec<&str>, Vec<&str>) = rest.into_iter().partition(|_| random.below(2) == 0);
        let imports: Vec<&str> = head.iter().copied().filter(|text| text.starts_with(&format!("<{xs}import"))).collect();
        part = Some([vec![start], imports, moved, vec![end]].concat().join("\n"));
        let base = name.rsplit('/').next()?;
        let include = format!("<{xs}include schemaLocation=\"{base}\"/>");
        Some([vec![start, &include], head, kept, vec![end]].concat().join("\n"))
    });
    if let Some(part) = part.filter(|_| done) {
        files.put(&name, part);
    }
    done
}

fn rename(files: &mut Files, file: &str, _: &mut Random) -> bool {
    let name = files.new_name(file);
    files.rename(file, &name)
}

fn comment(files: &mut Files, file: &str, random: &mut Random) -> bool {
    files.edit(file, |document| {
        let nodes: Vec<Node<'_, '_>> =
            document.root_element().descendants().filter(|node| node.is_element() && node.tag_name().namespace() == Some(XS)).collect();
        let at = random.of(nodes.get(1..)?)?.range().start;
        let (before, after) = document.input_text().split_at(at);
        Some(format!("{before}<!-- a comment -->{after}"))
    })
}

/// Binds another prefix to the target namespace.
fn prefix(files: &mut Files, file: &str, random: &mut Random) -> bool {
    files.edit(file, |document| {
        let (root, text) = (document.root_element(), document.input_text());
        let target = root.attribute("targetNamespace")?;
        let old = root.namespaces().find(|ns| ns.uri() == target && ns.name().is_some())?.name()?;
        let start = format!("{old}:");
        let mut places = Vec::new();
        for node in document.descendants() {
            for attribute in node.attributes() {
                let known = ["type", "ref", "base", "itemType", "substitutionGroup", "refer"].contains(&attribute.name());
                match attribute.value().starts_with(&start) && known {
                    true => places.push(attribute.range_value().start),
                    false if attribute.value().contains(&start) => return None,
                    false => {}
                }
            }
        }
        let new = format!("p{}", random.below(1000));
        let mut out = text.to_owned();
        for at in places.into_iter().rev() {
            out.replace_range(at..at + old.len(), &new);
        }
        let binding = format!("xmlns:{old}=");
        (out.matches(&binding).count() == 1).then(|| out.replace(&binding, &format!("xmlns:{new}=")))
    })
}

/// Puts a particle of a sequence into a sequence of its own.
fn regroup(files: &mut Files, file: &str, random: &mut Random) -> bool {
    files.edit(file, |document| {
        let xs = |node: &Node<'_, '_>, name: &str| node.tag_name().name() == name && node.tag_name().namespace() == Some(XS);
        let in_sequence = |node: &Node<'_, '_>| xs(node, "element") && node.parent().is_some_and(|parent| xs(&parent, "sequence"));
        let nodes: Vec<Node<'_, '_>> = document.descendants().filter(in_sequence).collect();
        let node = random.of(&nodes)?;
        let text = document.input_text();
        let name = text.get(node.range())?.strip_prefix('<')?.split([' ', '/', '>']).next()?.replace("element", "sequence");
        let (before, inner, after) = (text.get(..node.range().start)?, text.get(node.range())?, text.get(node.range().end..)?);
        Some(format!("{before}<{name}>{inner}</{name}>{after}"))
    })
}
