//! The diagnostic codes of the configuration and of the output folder, each with an explanation.
//! The codes of the other stages are in `crate::codes` and `plan::codes`.

use crate::codes::codes;

codes! {
    pub(crate),
    OUTPUT_UNREADABLE = "X0010" "A file or folder of the output could not be read, so it cannot be compared with the new output.";
    NOT_GENERATED = "X0011" "A file that xsdgen did not write, or that was edited by hand, is in the place of generated code. It is not overwritten: move it away, or choose another folder.";
    OUTPUT_UNWRITABLE = "X0012" "A file or folder of the output could not be written. The old files are left as they were.";
    NO_FILES = "X0013" "A folder or a pattern of schema files contains or matches no file.";
    OTHER_LAYOUT = "X0014" "A generated crate would replace a folder of generated modules, or the reverse. Code that uses the existing output would no longer compile.";
    BAD_TOML = "X0801" "The configuration file is not well-formed TOML.";
    UNKNOWN_KEY = "X0802" "The configuration file has an unknown key, which would have no effect.";
    WRONG_TYPE = "X0803" "A value in the configuration file does not have the type that its key requires.";
    MISSING_KEY = "X0804" "A required key is missing in the configuration file.";
    BAD_VALUE = "X0805" "A value in the configuration file has the right type, but is not valid.";
    SEVERAL_VERSIONS = "X0807" "The configuration has a table `[versions]`, but the command works on one version of the schemas.";
    NOT_CHANGED = "X0806" "The file of accepted changes names a fingerprint that no change has. This is a warning.";
}
