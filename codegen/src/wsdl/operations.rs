//! Finds the operations of document/literal SOAP bindings, and reports each operation that is bound in another way.

use std::collections::HashSet;

use super::Operation;
use super::definitions::{Abstract, Binding, Body, Bound, Definitions, Direction};
use crate::codes;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, Span};
use crate::schema::{Name, Reference};

impl Definitions {
    /// Returns the operations, each once even if several bindings bind it, in the order of the bindings.
    pub(crate) fn operations(&self, problems: &mut Diagnostics) -> Vec<Operation> {
        let mut found = Vec::new();
        let mut known: HashSet<(&Name, &str, Option<&str>)> = HashSet::new();
        for binding in &self.bindings {
            if binding.style.is_none() {
                problems.push(other_binding(binding));
                continue;
            }
            for bound in &binding.operations {
                let input = bound.input.as_ref().and_then(|input| input.name.as_deref());
                let key = binding.port_type.as_ref().map(|port_type| (port_type, bound.name.as_str(), input));
                if key.is_some_and(|key| known.contains(&key)) {
                    continue;
                }
                match self.operation(binding, bound) {
                    Ok(operation) => {
                        known.extend(key);
                        found.push(operation);
                    }
                    Err(why) => problems.push(left_out(&bound.name, &bound.span, &why)),
                }
            }
        }
        found
    }

    /// Returns an operation, or the reason why the bindings do not offer it.
    fn operation(&self, binding: &Binding, bound: &Bound) -> Result<Operation, String> {
        let style = bound.style.as_deref().or(binding.style.as_deref()).unwrap_or_default();
        if style == "rpc" {
            return Err("it is rpc-bound".to_owned());
        }
        let encoded = |body: &Option<Body>| body.as_ref().is_some_and(|body| body.encoded);
        if encoded(&bound.input) || encoded(&bound.output) {
            return Err("its messages are encoded, not literal".to_owned());
        }
        let offered = self.offered(binding, bound).ok_or("its port type has no operation of this name")?;
        let input = offered.input.as_ref().ok_or("it has no input")?;
        let response = offered.output.as_ref().map(|output| self.element(output, bound.output.as_ref(), "output"));
        Ok(Operation {
            name: bound.name.clone(),
            action: bound.action.clone(),
            request: self.element(input, bound.input.as_ref(), "input")?,
            response: response.transpose()?,
            faults: self.faults(offered, bound)?,
            docs: if offered.docs.is_empty() { bound.docs.clone() } else { offered.docs.clone() },
            span: bound.span.clone(),
        })
    }

    /// Returns the operation of the port type. If several have its name, the name of the input decides.
    fn offered(&self, binding: &Binding, bound: &Bound) -> Option<&Abstract> {
        let all = self.port_types.get(binding.port_type.as_ref()?)?;
        let mut named = all.iter().filter(|offered| offered.name == bound.name);
        let input = bound.input.as_ref().and_then(|input| input.name.as_ref());
        let exact = named.clone().find(|offered| input.is_some() && offered.input.as_ref().and_then(|it| it.name.as_ref()) == input);
        exact.or_else(|| named.next())
    }

    /// Returns the one element in the body of a message.
    fn element(&self, direction: &Direction, body: Option<&Body>, what: &str) -> Result<Reference, String> {
        let parts = direction.message.as_ref().and_then(|name| self.messages.get(name));
        let parts = parts.ok_or_else(|| format!("the message of its {what} is not defined"))?;
        let is_in_body = |name: &String| match body {
            Some(Body { parts: Some(parts), .. }) => parts.contains(name),
            Some(Body { headers, .. }) => !headers.contains(name),
            None => true,
        };
        let mut parts = parts.iter().filter(|part| is_in_body(&part.name));
        match (parts.next(), parts.next()) {
            (Some(part), None) => {
                part.element.clone().ok_or_else(|| format!("the part `{}` of its {what} has no element but a type", part.name))
            }
            (None, _) => Err(format!("the body of its {what} has no part")),
            _ => Err(format!("the body of its {what} has several parts")),
        }
    }

    fn faults(&self, offered: &Abstract, bound: &Bound) -> Result<Vec<Reference>, String> {
        let literal = offered.faults.iter().filter(|fault| fault.name.as_ref().is_some_and(|name| bound.faults.contains(name)));
        literal.map(|fault| self.element(fault, None, "fault")).collect()
    }
}

fn other_binding(binding: &Binding) -> Diagnostic {
    let message = format!("the binding `{}` is not for SOAP; it gets no operations", binding.name);
    Diagnostic::new(Severity::Warning, codes::X0905, binding.span.clone(), message)
}

fn left_out(name: &str, span: &Span, why: &str) -> Diagnostic {
    let message = format!("the operation `{name}` gets no operation in the bindings: {why}");
    Diagnostic::new(Severity::Warning, codes::X0905, span.clone(), message)
}
