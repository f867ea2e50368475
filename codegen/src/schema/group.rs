//! Reads `xs:group`, `xs:sequence`, `xs:choice`, `xs:all` and `xs:any` into particles (sections 3.7.2, 3.8.2, 3.9.2). Group references are followed
//! in `resolve`, and the restrictions on `all` are checked in `checks`.

use super::reader::Reader;
use super::values::{max_occurs, min_occurs, trim};
use super::{GroupDecl, ParticleDecl, Place, TermDecl};
use crate::codes;
use crate::datatypes::decimal::Decimal;
use crate::diagnostic::Diagnostic;
use crate::document::Node;
use crate::model::{Compositor, Max};

impl<'a> Reader<'a> {
    /// Reads a named model group and returns its index.
    pub(super) fn group(&mut self, node: &'a Node) -> usize {
        let index = self.schema.groups.len();
        let name = self.global_name(node);
        self.schema.groups.push(GroupDecl { name, particle: None, docs: self.docs(node), span: node.span.clone() });
        let particle = self.model_group(node, Place::Group(index));
        if let Some(group) = self.schema.groups.get_mut(index) {
            group.particle = particle;
        }
        index
    }

    /// Returns the model group among the children, if there is one.
    pub(super) fn model_group(&mut self, node: &'a Node, place: Place) -> Option<ParticleDecl> {
        let part = self.parts(node).into_iter().find(|n| matches!(n.name.as_str(), "group" | "all" | "choice" | "sequence"))?;
        self.any_particle(part, place)
    }

    /// Reads one particle. Recursion is bounded by the limit on the nesting of documents.
    fn any_particle(&mut self, node: &'a Node, place: Place) -> Option<ParticleDecl> {
        let compositor = match node.name.as_str() {
            "element" => return self.element_particle(node, place),
            "any" => {
                let wildcard = self.wildcard(node);
                return Some(self.particle(node, TermDecl::Any(wildcard)));
            }
            "group" => {
                let group = self.reference(node, "ref")?;
                return Some(self.particle(node, TermDecl::GroupRef(group)));
            }
            "sequence" => Compositor::Sequence,
            "choice" => Compositor::Choice,
            "all" => Compositor::All,
            _ => return None,
        };
        let parts = self.parts(node);
        let particles = parts.into_iter().filter_map(|n| self.any_particle(n, place)).collect();
        let docs = self.docs(node);
        Some(self.particle(node, TermDecl::Group(compositor, particles, docs)))
    }

    /// Makes a particle with the occurrence range that its element specifies.
    pub(super) fn particle(&mut self, node: &'a Node, term: TermDecl) -> ParticleDecl {
        let (least, most) = (node.attribute("minOccurs"), node.attribute("maxOccurs"));
        let (mut min, max) = (min_occurs(least), max_occurs(most));
        if max < Max::Count(min) || (max == Max::Count(u64::MAX) && digits(least) > digits(most)) {
            let message = format!("`minOccurs` is {}, greater than `maxOccurs`", trim(least.unwrap_or("1")));
            self.problems.push(
                Diagnostic::error(codes::X0224, node.span.clone(), message)
                    .violating("p-props-correct.2.1")
                    .on("minOccurs")
                    .with_help("lower `minOccurs` or raise `maxOccurs`, which is 1 where it is absent"),
            );
        } else if min == u64::MAX && digits(least) != digits(most) {
            min -= 1;
        }
        ParticleDecl { min, max, term, span: node.span.clone() }
    }
}

/// Parses a number of occurrences that may exceed `u64`. Comparing the digits still distinguishes such numbers.
fn digits(text: Option<&str>) -> Option<Decimal<'_>> {
    Decimal::parse(trim(text.unwrap_or("1")))
}
