//! Generates a sample of every type that the body of a message can have.

use xsdgen::sample::{SampleOptions, sample};

use super::Sources;
use crate::Failure;
use crate::files::{Files, Owner};

const FOLDER: &str = "tests/messages";

pub(super) fn files(sources: &Sources) -> Result<Files, Failure> {
    let root = sources.message()?;
    let options = SampleOptions { examples: sources.examples.clone(), ..SampleOptions::default() };
    let mut files = Files { owner: Owner::Below(vec![FOLDER.to_owned()]), ..Files::default() };
    for (id, ty) in sources.bodies()? {
        let Some(name) = &ty.name else { continue };
        let text = sample(&sources.model, root, Some(id), &options)
            .map_err(|why| Failure::new(format!("there is no sample of `{}`: {why}", sources.name(name)), "change the type in `xsd/`"))?;
        files.wanted.insert(format!("{FOLDER}/{}.xml", sources.name(name).replace(':', ".")), text);
    }
    Ok(files)
}
