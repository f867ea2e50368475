//! Makes the nodes of components, without their content.

use super::types::Types;
use super::{Fact, Kind, Node, Options, Range, text};
use crate::model::{
    Attribute, AttributeUse, Compositor, Docs, Element, ModelGroup, NamedGroup, NamespaceId, ProcessContents, QName, TypeId,
    ValueConstraint, Wildcard, WildcardNamespaces,
};

/// What all nodes of a diagram need.
#[derive(Clone, Copy)]
pub(super) struct Nodes<'m> {
    pub(super) types: Types<'m>,
    pub(super) options: Options,
    /// The namespace of the component, whose prefix is not shown.
    pub(super) home: NamespaceId,
}

impl<'m> Nodes<'m> {
    fn named(self, kind: Kind, name: &QName) -> Node {
        Node { key: self.types.labels.full(name), ..Node::new(kind, self.types.labels.within(name, self.home)) }
    }

    /// Returns the first documentation that says something, in one line.
    fn docs(self, docs: &[&Docs]) -> String {
        let texts = docs.iter().find(|docs| !docs.is_empty()).filter(|_| self.options.documentation);
        text::collapsed(texts.into_iter().flat_map(|docs| docs.iter().map(String::as_str)))
    }

    pub(super) fn of_type(self, id: TypeId) -> Option<Node> {
        Some(Node { docs: self.docs(&[self.types.docs(id)]), ..self.types.node(id)? })
    }

    pub(super) fn value(self, value: &str, docs: &Docs) -> Node {
        Node { docs: self.docs(&[docs]), ..Node::new(Kind::Value, value) }
    }

    pub(super) fn element(self, element: &'m Element, range: Range) -> Node {
        let mut node = self.named(Kind::Element, &element.name);
        node.range = range.into();
        node.docs = self.docs(&[&element.docs]);
        self.types.describe(&mut node, element.ty, element.value.as_ref());
        node.facts.extend(self.types.properties(element).into_iter().map(Fact::new));
        node
    }

    pub(super) fn attribute(self, declared: &'m Attribute, value: Option<&ValueConstraint>, docs: &[&Docs]) -> Node {
        let mut node = self.named(Kind::Attribute, &declared.name);
        node.docs = self.docs(&[docs, &[&declared.docs]].concat());
        self.types.describe(&mut node, declared.ty, value);
        node
    }

    pub(super) fn attribute_use(self, usage: &'m AttributeUse) -> Option<Node> {
        let declared = self.types.model.attributes.get(usage.attribute.index())?;
        let mut node = self.attribute(declared, usage.value.as_ref(), &[&usage.docs]);
        node.range.now.min = u64::from(usage.required);
        Some(node)
    }

    pub(super) fn group(self, named: &NamedGroup, range: Range) -> Node {
        Node { range: range.into(), docs: self.docs(&[&named.docs]), ..self.named(Kind::Group, &named.name) }
    }

    pub(super) fn connector(self, group: &ModelGroup, range: Range) -> Node {
        let kind = match group.compositor {
            Compositor::Sequence => Kind::Sequence,
            Compositor::Choice => Kind::Choice,
            Compositor::All => Kind::All,
        };
        Node { range: range.into(), docs: self.docs(&[&group.docs]), ..Node::new(kind, kind.word()) }
    }

    pub(super) fn wildcard(self, kind: Kind, any: &Wildcard, range: Range) -> Node {
        let name = |id: &NamespaceId| match self.types.model.namespaces.get(id.index()).map(|it| it.uri.as_str()) {
            None | Some("") => "##local".to_owned(),
            Some(uri) => uri.to_owned(),
        };
        let namespaces = match &any.namespaces {
            WildcardNamespaces::Any => "##any".to_owned(),
            WildcardNamespaces::Not(id) => format!("##other than {}", name(id)),
            WildcardNamespaces::OneOf(ids) => ids.iter().map(name).collect::<Vec<_>>().join(" "),
        };
        let process = match any.process {
            ProcessContents::Strict => "strict",
            ProcessContents::Lax => "lax",
            ProcessContents::Skip => "skip",
        };
        let facts = vec![Fact::new(process)];
        Node { range: range.into(), ty: namespaces.into(), facts, docs: self.docs(&[&any.docs]), ..Node::new(kind, kind.word()) }
    }
}
