//! The arguments of the commands that compare schema sets or draw them: `diff`, `notes`, `review` and `diagram`.

use std::path::PathBuf;

use super::EXIT;

/// The exit codes of `xsdgen diff`.
const DIFF_EXIT: &str = "Exit codes: 0 success, whatever changed; 1 invalid schema, or a change that --deny names; 2 wrong usage, \
     3 not supported yet, 4 file problem.";

/// The forms of the arguments of `xsdgen diff`.
const DIFF_USAGE: &str = "xsdgen diff [OPTIONS] OLD NEW
       xsdgen diff [OPTIONS] OLD..NEW -- PATH
       xsdgen diff [OPTIONS] REVISION -- PATH
       xsdgen diff --since NAME=OLDEST ... NAME=NEWEST
       xsdgen diff --since REVISION ... REVISION -- PATH";

/// The forms of the arguments of `xsdgen notes`.
const NOTES_USAGE: &str = "xsdgen notes [OPTIONS] [NAME=]OLD [NAME=]NEW
       xsdgen notes [OPTIONS] OLD..NEW -- PATH
       xsdgen notes [OPTIONS] REVISION -- PATH";

/// The forms of the arguments of `xsdgen review`.
const REVIEW_USAGE: &str = "xsdgen review [OPTIONS] OLD NEW
       xsdgen review [OPTIONS] OLD..NEW -- PATH
       xsdgen review [OPTIONS] REVISION -- PATH";

#[derive(Debug, clap::Args)]
#[command(after_help = DIFF_EXIT, override_usage = DIFF_USAGE)]
pub(in crate::cli) struct Diff {
    /// A schema file, a folder, an xsdgen.toml, or one of these at a git revision, as REVISION:PATH; or two revisions, as OLD..NEW.
    #[arg(value_name = "OLD NEW", required = true, num_args = 1..)]
    pub(in crate::cli) sides: Vec<String>,
    /// With revisions: the schema file, the folder or the xsdgen.toml to compare.
    #[arg(value_name = "PATH", last = true, conflicts_with = "git_driver")]
    pub(in crate::cli) paths: Vec<String>,
    /// The form of the output.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(in crate::cli) format: Format,
    /// List changes of documentation too, which JSON always contains.
    #[arg(long)]
    pub(in crate::cli) documentation: bool,
    /// Exit with 1 if a verdict is not proven (new-reads-old, old-reads-new, old-tolerates-new), the bindings need that release (rust-major,
    /// rust-minor), or there are changes: any (changes), or those with a code, such as XD0203.
    #[arg(long, value_name = "WHAT", value_delimiter = ',', value_parser = crate::cli::diff::Denied::parse)]
    pub(in crate::cli) deny: Vec<crate::cli::diff::Denied>,
    /// A TOML file with the fingerprints of accepted changes and the reasons, which --deny ignores.
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) accept: Option<PathBuf>,
    /// Take the Rust names of all sides from this configuration and its lock. What matches nothing in them is ignored.
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) config: Option<PathBuf>,
    /// Print the [since] entries of a configuration: for each component that is not in the first of the given releases, the release in which it
    /// appeared. Each side can have a name, as NAME=SIDE; a revision is its own name.
    #[arg(long, conflicts_with_all = ["format", "documentation", "deny", "accept", "git_driver"])]
    pub(in crate::cli) since: bool,
    /// Take the arguments that git gives to a diff driver.
    #[arg(long, conflicts_with_all = ["deny", "accept", "config"])]
    pub(in crate::cli) git_driver: bool,
}

#[derive(Debug, clap::Args)]
#[command(after_help = EXIT)]
pub(in crate::cli) struct Diagram {
    /// The component: prefix:name, prefix:name/child, element::prefix:name or a name alone. Prefixes are those of the bindings.
    #[arg(value_name = "COMPONENT")]
    pub(in crate::cli) component: String,
    /// Schema files, folders or patterns; without any, xsdgen.toml names them.
    #[arg(value_name = "SCHEMA", conflicts_with = "config")]
    pub(in crate::cli) schemas: Vec<String>,
    /// The configuration file [default: xsdgen.toml here or in a folder above].
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) config: Option<PathBuf>,
    /// Mark what changed since an old version: a schema file, a folder, an xsdgen.toml, or one of these at a git revision, as REVISION:PATH.
    #[arg(long, value_name = "OLD")]
    pub(in crate::cli) against: Option<String>,
    /// With --against: leave out what did not change, except the neighbours of what did.
    #[arg(long, requires = "against")]
    pub(in crate::cli) only_changes: bool,
    /// The number of levels of elements below the component.
    #[arg(long, value_name = "N", default_value_t = xsdgen::diagram::DEPTH)]
    pub(in crate::cli) depth: u32,
    /// Leave out the documentation.
    #[arg(long)]
    pub(in crate::cli) no_docs: bool,
    /// The form of the output [default: that of the name of the file, or else svg].
    #[arg(long, value_enum)]
    pub(in crate::cli) format: Option<Picture>,
    /// The file to write instead of standard output: .svg, .mmd or .dot.
    #[arg(long, short, value_name = "FILE")]
    pub(in crate::cli) out: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
#[command(after_help = EXIT, override_usage = NOTES_USAGE)]
pub(in crate::cli) struct Notes {
    /// The sides of xsdgen diff: a schema file, a folder, an xsdgen.toml, or one of these at a git revision. NAME= before a side says what the
    /// notes call it; a revision is its own name.
    #[arg(value_name = "OLD NEW", required = true, num_args = 1..=2)]
    pub(in crate::cli) sides: Vec<String>,
    /// With revisions: the schema file, the folder or the xsdgen.toml to compare.
    #[arg(value_name = "PATH", last = true)]
    pub(in crate::cli) paths: Vec<String>,
    /// The heading [default: Release notes for NAME].
    #[arg(long, value_name = "TEXT")]
    pub(in crate::cli) title: Option<String>,
    /// List changes of documentation too.
    #[arg(long)]
    pub(in crate::cli) documentation: bool,
    /// Take the Rust names of both sides from this configuration and its lock. What matches nothing in them is ignored.
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) config: Option<PathBuf>,
    /// The file to write instead of standard output.
    #[arg(long, short, value_name = "FILE")]
    pub(in crate::cli) out: Option<PathBuf>,
}

/// The forms of a diagram.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(in crate::cli) enum Picture {
    /// A picture.
    Svg,
    /// A flowchart of Mermaid.
    Mmd,
    /// A graph of Graphviz.
    Dot,
}

/// The forms of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(in crate::cli) enum Format {
    /// Text for a terminal.
    Text,
    /// Tables for a comment or a changelog.
    Markdown,
    /// One JSON document.
    Json,
    /// Workflow commands of GitHub Actions.
    Github,
}

#[derive(Debug, clap::Args)]
#[command(after_help = EXIT, override_usage = REVIEW_USAGE)]
pub(in crate::cli) struct Review {
    /// A schema file, a folder, an xsdgen.toml, or one of these at a git revision, as REVISION:PATH; or two revisions, as OLD..NEW.
    #[arg(value_name = "OLD NEW", required = true, num_args = 1..=3)]
    pub(in crate::cli) sides: Vec<String>,
    /// With revisions: the schema file, the folder or the xsdgen.toml to compare.
    #[arg(value_name = "PATH", last = true)]
    pub(in crate::cli) paths: Vec<String>,
    /// The form of the output.
    #[arg(long, value_enum, default_value_t = ReviewFormat::Html)]
    pub(in crate::cli) format: ReviewFormat,
    /// A TOML file with the fingerprints of accepted changes and the reasons, which are shown.
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) accept: Option<PathBuf>,
    /// Plan the bindings of both sides with this configuration and its lock. What matches nothing in them is ignored.
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) config: Option<PathBuf>,
    /// The file to write instead of standard output.
    #[arg(long, short, value_name = "FILE")]
    pub(in crate::cli) out: Option<PathBuf>,
    /// Print only problems.
    #[arg(long, short)]
    pub(in crate::cli) quiet: bool,
}

/// The forms of a review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(in crate::cli) enum ReviewFormat {
    /// One HTML page that needs no other file.
    Html,
    /// A short comment for a pull request, in Markdown.
    GithubComment,
}
