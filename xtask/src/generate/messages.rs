//! A sample of every type that may stand in the body of a message.

use xsdgen::model::{ComplexType, TypeId};
use xsdgen::sample::{SampleOptions, sample};

use super::Sources;
use crate::Failure;
use crate::files::{Files, Owner, below};

const FOLDER: &str = "tests/messages";

pub(super) fn files(sources: &Sources) -> Result<Files, Failure> {
    let root = sources.message()?;
    let options = SampleOptions { examples: sources.examples.clone(), ..SampleOptions::default() };
    let mut files = Files { owner: Owner::Paths(below("".as_ref(), FOLDER)?), ..Files::default() };
    for (id, ty) in bodies(sources)? {
        let Some(name) = &ty.name else { continue };
        let text = sample(&sources.model, root, Some(id), &options).map_err(|why| {
            Failure::new(format!("there is no sample of `{}`: {why}", sources.name(name)), "change the type in `xsd/`")
        })?;
        files.wanted.insert(format!("{FOLDER}/{}.xml", sources.name(name).replace(':', ".")), text);
    }
    Ok(files)
}

/// The types that derive from the base of all bodies and are not abstract.
fn bodies(sources: &Sources) -> Result<Vec<(TypeId, &ComplexType)>, Failure> {
    let is_base = |ty: &ComplexType| ty.name.as_ref().is_some_and(|name| name.local == "bodyContentType");
    let missing = || Failure::new("the schemas declare no type `bodyContentType`", "declare it in `xsd/service/service.xsd`");
    let base = sources.types().find(|(_, ty)| is_base(ty)).map(|(id, _)| id).ok_or_else(missing)?;
    Ok(sources.types().filter(|(id, ty)| !ty.abstract_ && *id != base && derives(sources, *id, base)).collect())
}

fn derives(sources: &Sources, mut id: TypeId, base: TypeId) -> bool {
    while let Some(xsdgen::model::Type::Complex(ty)) = sources.model.types.get(id.index()) {
        if ty.base == base {
            return true;
        }
        if ty.base == id {
            return false;
        }
        id = ty.base;
    }
    false
}
