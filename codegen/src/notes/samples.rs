//! Makes the sample documents of release notes: what is required, and what is new.

use super::reach::Reach;
use super::side::Side;
use super::tables::Described;
use crate::model::{ElementId, TypeId};
use crate::plan::ValueExamples;
use crate::sample::{Fill, SampleOptions, sample};

/// The maximum number of samples: each takes time proportional to the schema set.
const MOST: usize = 200;
/// The maximum number of elements of a sample.
const ELEMENTS: usize = 400;

/// Makes samples until there are enough.
pub(super) struct Samples<'m> {
    side: &'m Side<'m>,
    reach: &'m Reach<'m>,
    examples: &'m ValueExamples,
    made: usize,
}

impl<'m> Samples<'m> {
    pub(super) fn new(side: &'m Side<'m>, reach: &'m Reach<'m>, examples: &'m ValueExamples) -> Self {
        Samples { side, reach, examples, made: 0 }
    }

    /// Returns a document in which an element has this type, if there is one, with the described content.
    pub(super) fn of_type(&mut self, id: TypeId, described: Described) -> Option<String> {
        let root = self.reach.root_for(id)?;
        let declared = self.side.element(root).is_some_and(|element| element.ty == id);
        self.of(root, (!declared).then_some(id), described)
    }

    /// Returns a document with this root element and the described content.
    pub(super) fn of_root(&mut self, root: ElementId, described: Described) -> Option<String> {
        self.of(root, None, described)
    }

    fn of(&mut self, root: ElementId, derived: Option<TypeId>, described: Described) -> Option<String> {
        if self.made >= MOST {
            return None;
        }
        self.made += 1;
        let options = SampleOptions {
            fill: Fill::Required,
            max_elements: ELEMENTS,
            examples: self.examples.clone(),
            elements: described.elements,
            attributes: described.attributes,
            ..SampleOptions::default()
        };
        sample(self.side.model, root, derived, &options).ok()
    }
}
