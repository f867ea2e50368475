//! Resolves the elements of the operations that WSDL documents describe.

use super::Resolver;
use super::names::Space;
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::model::{ElementId, Operation};
use crate::schema::Reference;
use crate::spelling::nearest;

impl Resolver<'_> {
    /// Adds the operations whose elements are declared.
    pub(super) fn operations(&mut self) {
        for operation in &self.set.operations {
            let request = self.element_of_operation(&operation.request);
            let response = operation.response.as_ref().map(|response| self.element_of_operation(response));
            let faults: Vec<Option<ElementId>> = operation.faults.iter().map(|fault| self.element_of_operation(fault)).collect();
            let (Some(request), None | Some(Some(_))) = (request, response) else { continue };
            self.model.operations.push(Operation {
                name: operation.name.clone(),
                action: operation.action.clone(),
                request,
                response: response.flatten(),
                faults: faults.into_iter().flatten().collect(),
                docs: operation.docs.clone(),
                span: operation.span.clone(),
            });
        }
    }

    fn element_of_operation(&mut self, reference: &Reference) -> Option<ElementId> {
        let found = self.find(Space::Element, &reference.name).map(ElementId);
        if found.is_none() {
            let message = format!("the message part refers to the element `{}`, which no schema declares", reference.name);
            let problem = Diagnostic::error(codes::X0302, reference.span.clone(), message).violating("src-resolve").on(reference.attribute);
            let same: Vec<&str> = self.element_names(&reference.name.uri);
            let help = match nearest(&reference.name.local, same) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "name the schema document that declares it together with the WSDL document".to_owned(),
            };
            self.problems.push(problem.with_help(help));
        }
        found
    }
}
