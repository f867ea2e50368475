//! In: nothing. Out: the diagnostic codes of the configuration and of the output folder, each with an explanation.
//! Not done here: raising them; the codes of the other stages are in `crate::codes` and `plan::codes`.

use crate::codes::Entry;
use crate::diagnostic::Code;

macro_rules! codes {
    ($($name:ident = $id:literal $text:literal;)*) => {
        $(
            #[doc = $text]
            pub(crate) const $name: Code = Code { id: $id, rule: "" };
        )*

        /// All codes of the configuration and the output, in order.
        pub(crate) const ALL: &[Entry] = &[$(Entry { code: $name, text: $text, more: include_str!(concat!("../explanations/", $id, ".md")) }),*];
    };
}

codes! {
    OUTPUT_UNREADABLE = "X0010" "A file or folder of the output could not be read, so it cannot be compared with what would be written.";
    NOT_GENERATED = "X0011" "Something that xsdgen did not write, or that was changed by hand since, stands where generated code is to be written. It is left alone: move it away, or choose another folder.";
    OUTPUT_UNWRITABLE = "X0012" "A file or folder of the output could not be written. A run that fails while it writes leaves the old files as they are.";
    NO_FILES = "X0013" "A folder or a pattern that is to name schema files names none.";
    OTHER_LAYOUT = "X0014" "A generated crate is to be written into a folder of generated modules, or the other way round. Whoever uses what is there would lose it.";
    BAD_TOML = "X0801" "The configuration file is not well-formed TOML.";
    UNKNOWN_KEY = "X0802" "The configuration file has a key that xsdgen does not know. It would silently do nothing.";
    WRONG_TYPE = "X0803" "A value of the configuration file is of another type than its key asks for.";
    MISSING_KEY = "X0804" "The configuration file lacks a key that is needed.";
    BAD_VALUE = "X0805" "A value of the configuration file is of the right type but cannot be used.";
}
