//! Moves the particles of named groups and substitution groups to statics of the files whose content models refer to them, so that each is written once
//! per file.

use std::collections::{BTreeMap, BTreeSet};

use super::context::Context;
use super::features::file_of;
use crate::ir::{ContentModel, Item, ItemKind, ModuleId, Particle, ParticleGroup, RustIr, SharedParticles, Term};

/// The shared particles of each file.
type Found = BTreeMap<ModuleId, BTreeMap<ParticleGroup, Vec<Particle>>>;

/// Adds the statics to the files, and names them.
pub(super) fn plan(cx: &mut Context<'_>) {
    let mut found = Found::new();
    for item in &cx.ir.items {
        let file = file_of(&cx.ir, item.module);
        models(item).for_each(|model| collect(&model.particle, found.entry(file).or_default()));
    }
    let mut names: BTreeMap<(ModuleId, ParticleGroup), String> = BTreeMap::new();
    for (file, groups) in &found {
        for group in groups.keys() {
            names.insert((*file, group.clone()), cx.statics(*file).take(std::slice::from_ref(&group.name), "_"));
        }
    }
    let files: Vec<ModuleId> = cx.ir.items.iter().map(|item| file_of(&cx.ir, item.module)).collect();
    for (item, file) in cx.ir.items.iter_mut().zip(files) {
        models_mut(item).for_each(|model| rename(&mut model.particle, file, &names));
    }
    for (file, groups) in found {
        let Some(module) = cx.ir.modules.get_mut(file.index()) else { continue };
        for (group, mut particles) in groups {
            particles.iter_mut().for_each(|particle| rename(particle, file, &names));
            let name = names.get(&(file, group)).cloned().unwrap_or_default();
            module.particles.push(SharedParticles { name, particles });
        }
        module.particles.sort_by(|one, other| one.name.cmp(&other.name));
    }
}

/// Removes the statics that no content model refers to. An item that is exported from an older version refers to none.
pub(super) fn prune(ir: &mut RustIr) {
    let mut found = Found::new();
    for item in ir.items.iter().filter(|item| item.earlier.is_none()) {
        let file = file_of(ir, item.module);
        models(item).for_each(|model| collect(&model.particle, found.entry(file).or_default()));
    }
    for (id, module) in (0..).map(ModuleId).zip(&mut ir.modules) {
        let used: BTreeSet<&str> = found.get(&id).into_iter().flatten().map(|(group, _)| group.name.as_str()).collect();
        module.particles.retain(|shared| used.contains(shared.name.as_str()));
    }
}

/// Returns the content model of an item.
fn models(item: &Item) -> impl Iterator<Item = &ContentModel> {
    let own = if let ItemKind::Struct(planned) = &item.kind { planned.model.as_ref() } else { None };
    own.into_iter().chain(item.complex.as_ref().and_then(|complex| complex.model.as_ref()))
}

fn models_mut(item: &mut Item) -> impl Iterator<Item = &mut ContentModel> {
    let own = if let ItemKind::Struct(planned) = &mut item.kind { planned.model.as_mut() } else { None };
    own.into_iter().chain(item.complex.as_mut().and_then(|complex| complex.model.as_mut()))
}

/// Collects the groups in a particle, and those in them.
fn collect(particle: &Particle, found: &mut BTreeMap<ParticleGroup, Vec<Particle>>) {
    let parts = particle.particles();
    if let Some(group) = &particle.group {
        if found.contains_key(group) {
            return;
        }
        found.insert(group.clone(), parts.to_vec());
    }
    parts.iter().for_each(|part| collect(part, found));
}

/// Gives the groups in a particle the names of their statics.
fn rename(particle: &mut Particle, file: ModuleId, names: &BTreeMap<(ModuleId, ParticleGroup), String>) {
    if let Some(group) = &particle.group
        && let Some(name) = names.get(&(file, group.clone())).filter(|name| **name != group.name)
    {
        let name = name.clone();
        particle.group = particle.group.take().map(|group| ParticleGroup { name, ..group });
    }
    if let Term::Sequence(parts) | Term::Choice(parts) | Term::All(parts) = &mut particle.term {
        parts.iter_mut().for_each(|part| rename(part, file, names));
    }
}
