//! Checks element and attribute declarations and attribute uses for invalid values and substitution groups (sections 3.2.6, 3.3.6, 3.5.6). Types are
//! checked in `types`.

use super::Checker;
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::model::{Attribute, Content, Element, Literal, Type, TypeId, ValueConstraint};
use crate::schema::{AttributeItem, AttributeTarget, AttributesDecl, TypeBody, XSI};

impl Checker<'_, '_> {
    /// Checks all declarations and attribute uses.
    pub(super) fn declarations(&mut self) {
        let model = self.model;
        model.elements.iter().for_each(|element| self.element(element));
        model.attributes.iter().for_each(|attribute| self.attribute(attribute));
        self.uses();
    }

    /// Checks the constraint e-props-correct.
    fn element(&mut self, element: &Element) {
        self.bare_notation(element.ty, &element.span);
        if let Some(head) = element.substitutes.and_then(|h| self.model.elements.get(h.index()))
            && !self.derived(element.ty, head.ty, head.final_)
        {
            let message = format!(
                "`{}` cannot be substituted for `{}`: its type is not derived from that of the head, or in a way that the head's `final` excludes",
                element.name.local, head.name.local
            );
            self.problems.push(
                Diagnostic::error(codes::X0201, element.span.clone(), message)
                    .violating("e-props-correct.4")
                    .on("substitutionGroup")
                    .with_help(
                        "derive the type of the member from the type of the head, or leave out `type`: it then has that of the head",
                    ),
            );
        }
        let Some(value) = element.value.as_ref().map(ValueConstraint::literal) else { return };
        let simple = match self.ty(element.ty) {
            Some(Type::Simple(_)) => Some(element.ty),
            Some(Type::Complex(ty)) => match &ty.content {
                Content::Simple(simple) => Some(*simple),
                Content::Mixed(particle) if particle.emptiable() => None,
                _ => {
                    let message = "a default or fixed value needs simple content, or mixed content that can be empty";
                    self.problems.push(
                        Diagnostic::error(codes::X0201, element.span.clone(), message)
                            .violating("cos-valid-default.2")
                            .on("fixed")
                            .on("default")
                            .with_help("remove the value, or give the element a simple type"),
                    );
                    return;
                }
            },
            None => None,
        };
        let Some(simple) = simple else { return };
        if self.is_id(simple) {
            self.problems.push(
                Diagnostic::error(codes::X0201, element.span.clone(), "an element of type ID cannot have a default or fixed value")
                    .violating("e-props-correct.5")
                    .on("fixed")
                    .on("default")
                    .with_help("remove the value: an ID must differ in every element"),
            );
        }
        if let Err(why) = self.literals.value(simple, &value.text, &value.prefixes) {
            self.problems.push(
                Diagnostic::error(codes::X0201, element.span.clone(), format!("the default or fixed value is not valid: {why}"))
                    .violating("e-props-correct.2")
                    .on("fixed")
                    .on("default")
                    .with_help("write a value of the type, or choose a type that has this one"),
            );
        }
    }

    /// Checks the constraints a-props-correct, no-xmlns and no-xsi.
    fn attribute(&mut self, attribute: &Attribute) {
        self.bare_notation(attribute.ty, &attribute.span);
        let namespace = self.model.namespaces.get(attribute.name.namespace.index()).map(|n| n.uri.as_str());
        if attribute.name.local == "xmlns" {
            self.problems.push(
                Diagnostic::error(codes::X0222, attribute.span.clone(), "an attribute cannot have the name `xmlns`")
                    .violating("no-xmlns")
                    .on("name")
                    .with_help("remove it: namespace declarations are no attributes"),
            );
        }
        if namespace == Some(XSI) {
            let message = "no attribute can be declared in the namespace of `xsi:type`";
            self.problems.push(
                Diagnostic::error(codes::X0222, attribute.span.clone(), message)
                    .violating("no-xsi")
                    .with_help("remove it: `xsi:type`, `xsi:nil` and their like are allowed on every element"),
            );
        }
        if matches!(self.ty(attribute.ty), Some(Type::Complex(_))) {
            let message = format!("the type `{}` of the attribute is complex; attributes have simple types", self.label(attribute.ty));
            self.problems.push(
                Diagnostic::error(codes::X0202, attribute.span.clone(), message)
                    .violating("a-props-correct.1")
                    .on("type")
                    .with_help("name a simple type; structure needs an element"),
            );
        }
        self.attribute_value(attribute.value.as_ref(), attribute.ty, &attribute.span);
    }

    fn attribute_value(&mut self, value: Option<&ValueConstraint>, ty: TypeId, span: &crate::diagnostic::Span) {
        let Some(value) = value.map(ValueConstraint::literal) else { return };
        if self.is_id(ty) {
            self.problems.push(
                Diagnostic::error(codes::X0202, span.clone(), "an attribute of type ID cannot have a default or fixed value")
                    .violating("a-props-correct.3")
                    .on("fixed")
                    .on("default")
                    .with_help("remove the value: an ID must differ in every element"),
            );
        }
        if let Err(why) = self.literals.value(ty, &value.text, &value.prefixes) {
            self.problems.push(
                Diagnostic::error(codes::X0202, span.clone(), format!("the default or fixed value is not valid: {why}"))
                    .violating("a-props-correct.2")
                    .on("fixed")
                    .on("default")
                    .with_help("write a value of the type, or choose a type that has this one"),
            );
        }
    }

    /// Checks the attribute uses that refer to a global declaration: their value must be valid and match a fixed value (au-props-correct.2).
    fn uses(&mut self) {
        let set = self.resolver.schemas();
        for schema in set {
            for decl in &schema.types {
                if let TypeBody::Complex(body) = &decl.body {
                    self.uses_of(&body.attributes);
                }
            }
            for group in &schema.attribute_groups {
                self.uses_of(&group.attributes);
            }
        }
    }

    fn uses_of(&mut self, attributes: &AttributesDecl) {
        for item in &attributes.items {
            let AttributeItem::Use(usage) = item else { continue };
            let AttributeTarget::Named(reference) = &usage.target else { continue };
            let Some(id) = self.resolver.known_attribute(&reference.name) else { continue };
            let Some(attribute) = self.model.attributes.get(id.index()) else { continue };
            self.attribute_value(usage.value.as_ref(), attribute.ty, &usage.span);
            if let (Some(ValueConstraint::Fixed(fixed)), Some(own)) = (&attribute.value, &usage.value) {
                let same = matches!(own, ValueConstraint::Fixed(mine) if self.same_value(attribute.ty, mine, fixed));
                if !same {
                    let message =
                        format!("`{}` is declared with the fixed value `{}`: a use cannot have another", attribute.name.local, fixed.text);
                    let problem = Diagnostic::error(codes::X0219, usage.span.clone(), message).violating("au-props-correct.2");
                    self.problems.push(
                        problem.on("fixed").on("default").with_help("remove the value from the use, or repeat that of the declaration"),
                    );
                }
            }
        }
    }

    /// Returns whether two literals have the same value.
    pub(super) fn same_value(&mut self, ty: TypeId, a: &Literal, b: &Literal) -> bool {
        match (self.literals.value(ty, &a.text, &a.prefixes), self.literals.value(ty, &b.text, &b.prefixes)) {
            (Ok(a), Ok(b)) => a.equals(&b),
            _ => a.text == b.text,
        }
    }
}
