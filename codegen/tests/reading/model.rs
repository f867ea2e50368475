//! Tests that the model contains the contributions of base types, groups and `form` in the right places.

use xsdgen::datatypes::FacetKind;
use xsdgen::model::{Content, Max, Model, Particle, Scope, Term, Type, ValueConstraint, Variety, WildcardNamespaces};

use crate::support::one;

fn model(body: &str) -> Model {
    let outcome = one(body);
    assert!(outcome.errors().is_empty(), "{:#?}", outcome.problems);
    outcome.model.unwrap_or_default()
}

fn complex<'m>(model: &'m Model, name: &str) -> &'m xsdgen::model::ComplexType {
    let found = model.types.iter().find_map(|t| match t {
        Type::Complex(c) if c.name.as_ref().is_some_and(|n| n.local == name) => Some(c),
        _ => None,
    });
    found.unwrap_or_else(|| unreachable!("{name}"))
}

fn parts(particle: &Particle) -> &[Particle] {
    match &particle.term {
        Term::Group(group) => &group.particles,
        _ => &[],
    }
}

#[test]
fn extensions_begin_with_their_base() {
    let m = model(
        "<xs:complexType name='b'><xs:sequence><xs:element name='a'/></xs:sequence><xs:attribute name='x'/></xs:complexType>
         <xs:complexType name='e'><xs:complexContent><xs:extension base='b'><xs:sequence><xs:element name='c' maxOccurs='unbounded'/>
         <xs:element name='never' maxOccurs='0' minOccurs='0'/></xs:sequence><xs:attribute name='y' use='required'/></xs:extension></xs:complexContent></xs:complexType>",
    );
    let e = complex(&m, "e");
    let Content::Elements(content) = &e.content else { unreachable!() };
    let [base, own] = parts(content) else { unreachable!() };
    assert!(matches!(base.term, Term::Element(_)), "the sequence of the base is part of that of the extension");
    assert_eq!(parts(own).len(), 1);
    assert_eq!(parts(own).first().map(|p| p.max), Some(Max::Unbounded));
    let names: Vec<_> = e.attributes.iter().filter_map(|u| m.attributes.get(u.attribute.index())).map(|a| a.name.local.as_str()).collect();
    assert_eq!(names, ["x", "y"]);
    assert!(e.attributes.iter().any(|u| u.required));
}

#[test]
fn groups_are_expanded_and_keep_their_name() {
    let m = model(
        "<xs:group name='g'><xs:choice><xs:element name='a' form='unqualified'/><xs:any namespace='##other'/></xs:choice></xs:group>
         <xs:complexType name='t'><xs:group ref='g' minOccurs='0'/></xs:complexType>",
    );
    let Content::Elements(content) = &complex(&m, "t").content else { unreachable!() };
    assert_eq!(content.min, 0);
    let Term::Group(group) = &content.term else { unreachable!() };
    assert!(group.named.and_then(|g| m.groups.get(g.index())).is_some_and(|g| g.name.local == "g"));
    let [Particle { term: Term::Element(a), .. }, Particle { term: Term::Any(any), .. }] = group.particles.as_slice() else {
        unreachable!()
    };
    let a = m.elements.get(a.index()).unwrap_or_else(|| unreachable!());
    assert_eq!(a.name.namespace.index(), 0);
    assert!(matches!(a.scope, Scope::Group(_)));
    let WildcardNamespaces::Not(not) = any.namespaces else { unreachable!() };
    assert_eq!(m.namespaces.get(not.index()).map(|n| n.uri.as_str()), Some("u:t"));
}

#[test]
fn simple_content_and_substitution() {
    let m = model(
        "<xs:complexType name='t'><xs:simpleContent><xs:extension base='xs:decimal'><xs:attribute name='unit' default='m'/></xs:extension></xs:simpleContent></xs:complexType>
         <xs:complexType name='r'><xs:simpleContent><xs:restriction base='t'><xs:maxInclusive value='5'/></xs:restriction></xs:simpleContent></xs:complexType>
         <xs:element name='h' type='t' abstract='true'/><xs:element name='m' type='r' substitutionGroup='h'/><xs:element name='n' substitutionGroup='m'/>",
    );
    let r = complex(&m, "r");
    let Content::Simple(id) = r.content else { unreachable!() };
    let Some(Type::Simple(simple)) = m.types.get(id.index()) else { unreachable!() };
    assert!(simple.facets.get(FacetKind::MaxInclusive).is_some() && matches!(simple.variety, Variety::Atomic(_)));
    let value = r.attributes.first().and_then(|u| u.value.as_ref());
    assert!(matches!(value, Some(ValueConstraint::Default(literal)) if literal.text == "m"));
    let head = m.elements.iter().find(|e| e.name.local == "h").unwrap_or_else(|| unreachable!());
    assert_eq!(head.members.len(), 2);
    let last = m.elements.iter().find(|e| e.name.local == "n").unwrap_or_else(|| unreachable!());
    assert!(matches!(m.types.get(last.ty.index()), Some(Type::Complex(c)) if c.name.as_ref().is_some_and(|n| n.local == "r")));
}

#[test]
fn documentation_and_places_are_kept() {
    let m = model(
        "<xs:simpleType name='s'><xs:annotation><xs:documentation> One\n two</xs:documentation></xs:annotation><xs:restriction base='xs:string'>\n<xs:enumeration value='a'><xs:annotation><xs:documentation>A</xs:documentation></xs:annotation></xs:enumeration></xs:restriction></xs:simpleType>",
    );
    let Some(Type::Simple(s)) = m.types.iter().find(|t| matches!(t, Type::Simple(s) if s.builtin.is_none())) else { unreachable!() };
    assert_eq!(s.docs, [" One\n two"]);
    assert_eq!((s.span.line(), s.span.column()), (2, 1));
    assert_eq!(s.facets.enumeration.first().map(|f| (f.docs.clone(), f.span.line())), Some((vec!["A".to_owned()], 4)));
}
