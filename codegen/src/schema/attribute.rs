//! Reads `xs:attribute`, `xs:attributeGroup` and `xs:anyAttribute` (sections 3.2.2, 3.6.2, 3.10.2). Groups, wildcards and the attributes of the base
//! type are combined in `resolve`.

use super::reader::Reader;
use super::values::{tokens, trim};
use super::{
    AttributeDecl, AttributeGroupDecl, AttributeItem, AttributeTarget, AttributeUseDecl, AttributesDecl, Place, TypeUse, Usage,
    WildcardDecl, WildcardNames,
};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::document::Node;
use crate::model::ProcessContents;

impl<'a> Reader<'a> {
    /// Reads an attribute declaration, global or local, and returns its index.
    pub(super) fn attribute_declaration(&mut self, node: &'a Node, place: Place) -> usize {
        let index = self.schema.attributes.len();
        let name = if place == Place::Global { self.global_name(node) } else { self.local_name(node, true) };
        self.check_attribute(node);
        self.schema.attributes.push(AttributeDecl {
            name,
            place,
            ty: None,
            value: Self::value_constraint(node),
            docs: self.docs(node),
            span: node.span.clone(),
        });
        let child = self.parts(node).into_iter().find(|n| n.name == "simpleType");
        if child.is_some() && node.attribute("type").is_some() {
            self.problems.push(
                Diagnostic::error(codes::X0111, node.span.clone(), "an attribute has a `type` and an anonymous type: only one is allowed")
                    .violating("src-attribute.4")
                    .on("type")
                    .with_help("remove `type`, or the `simpleType` within"),
            );
        }
        let anonymous = child.map(|c| TypeUse::Local(self.simple_type(c, Place::Attribute(index))));
        let ty = self.reference(node, "type").map(TypeUse::Named).or(anonymous);
        if let Some(decl) = self.schema.attributes.get_mut(index) {
            decl.ty = ty;
        }
        index
    }

    fn check_attribute(&mut self, node: &Node) {
        if node.attribute("default").is_some() && node.attribute("fixed").is_some() {
            self.problems.push(
                Diagnostic::error(codes::X0111, node.span.clone(), "an attribute has `default` and `fixed`: only one is allowed")
                    .violating("src-attribute.1")
                    .on("fixed")
                    .with_help("keep `fixed` if no other value is allowed, `default` if it is only a value to assume"),
            );
        }
        if node.attribute("default").is_some() && node.attribute("use").is_some_and(|u| trim(u) != "optional") {
            let message = "an attribute with a `default` must have `use=\"optional\"`";
            self.problems.push(
                Diagnostic::error(codes::X0111, node.span.clone(), message)
                    .violating("src-attribute.2")
                    .on("use")
                    .with_help("remove `use`, or the `default`: an attribute that must be there needs no value to assume"),
            );
        }
    }

    /// Reads the attribute uses, attribute group references and the attribute wildcard among the children.
    pub(super) fn attributes(&mut self, node: &'a Node, place: Place) -> AttributesDecl {
        let mut out = AttributesDecl::default();
        for child in self.parts(node) {
            match child.name.as_str() {
                "attribute" => {
                    let item = self.attribute_use(child, place);
                    out.items.extend(item.map(AttributeItem::Use));
                }
                "attributeGroup" => {
                    let group = self.reference(child, "ref");
                    out.items.extend(group.map(AttributeItem::Group));
                }
                "anyAttribute" => out.any = Some(self.wildcard(child)),
                _ => {}
            }
        }
        out
    }

    fn attribute_use(&mut self, node: &'a Node, place: Place) -> Option<AttributeUseDecl> {
        let usage = match node.attribute("use").map(trim) {
            Some("required") => Usage::Required,
            Some("prohibited") => Usage::Prohibited,
            _ => Usage::Optional,
        };
        let target = if node.attribute("ref").is_some() {
            self.check_attribute(node);
            self.check_attribute_reference(node);
            AttributeTarget::Named(self.reference(node, "ref")?)
        } else {
            if node.attribute("name").is_none() {
                self.problems.push(
                    Diagnostic::error(codes::X0111, node.span.clone(), "an attribute needs a `name` or a `ref`")
                        .violating("src-attribute.3.1")
                        .with_help("add `name` to declare an attribute here, or `ref` to use a global one"),
                );
                return None;
            }
            AttributeTarget::Local(self.attribute_declaration(node, place))
        };
        Some(AttributeUseDecl { target, usage, value: Self::value_constraint(node), docs: self.docs(node), span: node.span.clone() })
    }

    fn check_attribute_reference(&mut self, node: &'a Node) {
        for other in ["name", "form", "type"] {
            if node.attribute(other).is_some() {
                let message = format!("an attribute with a `ref` cannot have `{other}`");
                self.problems.push(
                    Diagnostic::error(codes::X0111, node.span.clone(), message)
                        .violating("src-attribute.3")
                        .with_help("remove it: what `ref` refers to has it; or declare the attribute here, by `name` instead of `ref`"),
                );
            }
        }
        if self.parts(node).iter().any(|n| n.name == "simpleType") {
            self.problems.push(
                Diagnostic::error(codes::X0111, node.span.clone(), "an attribute with a `ref` cannot have an anonymous type")
                    .violating("src-attribute.3.2")
                    .with_help("remove the `simpleType`: the declaration that `ref` refers to has the type"),
            );
        }
    }

    /// Reads an attribute group and returns its index.
    pub(super) fn attribute_group(&mut self, node: &'a Node) -> usize {
        let index = self.schema.attribute_groups.len();
        let name = self.global_name(node);
        let (attributes, docs, span) = (AttributesDecl::default(), self.docs(node), node.span.clone());
        self.schema.attribute_groups.push(AttributeGroupDecl { name, attributes, docs, span });
        let attributes = self.attributes(node, Place::AttributeGroup(index));
        if let Some(group) = self.schema.attribute_groups.get_mut(index) {
            group.attributes = attributes;
        }
        index
    }

    /// Reads `xs:any` or `xs:anyAttribute`.
    pub(super) fn wildcard(&mut self, node: &'a Node) -> WildcardDecl {
        let target = &self.schema.target;
        let namespaces = match node.attribute("namespace").map(trim) {
            None | Some("##any") => WildcardNames::Any,
            Some("##other") => WildcardNames::Other(target.clone()),
            Some(list) => WildcardNames::OneOf(
                tokens(list)
                    .map(|t| match t {
                        "##targetNamespace" => target.clone(),
                        "##local" => "".into(),
                        uri => uri.into(),
                    })
                    .collect(),
            ),
        };
        let process = match node.attribute("processContents").map(trim) {
            Some("lax") => ProcessContents::Lax,
            Some("skip") => ProcessContents::Skip,
            _ => ProcessContents::Strict,
        };
        WildcardDecl { namespaces, process, docs: self.docs(node), span: node.span.clone() }
    }
}
