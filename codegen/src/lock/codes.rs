//! The diagnostic codes of the lock, each with an explanation. The codes of the other stages are in `crate::codes`, `plan::codes` and `config::codes`.

use crate::codes::codes;

codes! {
    pub(crate),
    BAD_LINE = "X0861" "A line of `xsdgen.lock` is not an entry, or the file is not a lock of a format that this version reads.";
    CONFLICT = "X0862" "`xsdgen.lock` contains conflict markers of a merge.";
    BAD_LOCKED_NAME = "X0863" "A name in `xsdgen.lock` cannot be the name of a Rust item.";
    TWICE = "X0864" "`xsdgen.lock` names a component twice, or gives the same name to two components of one scope.";
    FORCED = "X0865" "A Rust type changes although the name of the component is locked, because the schemas or the configuration changed. This is a warning.";
    GONE = "X0866" "A component in `xsdgen.lock` is no longer in the schemas. Its entries are removed. This is a warning.";
    RENAMED = "X0867" "A component has another name than in `xsdgen.lock`, because `[names]` in the configuration gives it or another component that name. This is a warning.";
}
