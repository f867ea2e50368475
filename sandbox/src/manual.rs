//! The commands that print what shells and `man` know about the program. They run no site.

use std::io::{self, Write};

use clap::{Command, Subcommand};
use clap_complete::Shell;

#[derive(Debug, Subcommand)]
pub(crate) enum Manual {
    /// Print the completions for a shell.
    Completions {
        /// The shell, for example: `source <(webex-xml-sandbox completions bash)`.
        shell: Shell,
    },
    /// Print the manual page.
    Man,
}

impl Manual {
    /// Prints what is asked for about the program.
    pub(crate) fn print(self, mut command: Command) -> io::Result<()> {
        let mut text = Vec::new();
        match self {
            Manual::Completions { shell } => clap_complete::generate(shell, &mut command, "webex-xml-sandbox", &mut text),
            Manual::Man => clap_mangen::Man::new(command).render(&mut text)?,
        }
        io::stdout().lock().write_all(&text)
    }
}
