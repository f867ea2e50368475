//! Tests that the examples of `docs/ci.md` work as they are: the scripts run in a git repository, with programs that stand for `cargo` and `gh`.

use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use yaml_rust2::{Yaml, YamlLoader};

use super::{Bench, schema};

/// Returns the blocks of the page, by the file that they are.
fn blocks() -> BTreeMap<String, String> {
    let page = std::fs::read_to_string(root().join("docs/ci.md")).expect("the page");
    let mut blocks = BTreeMap::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        if let Some(head) = line.strip_prefix("```") {
            let (_, file) = head.split_once(' ').expect("the file of a block");
            blocks.insert(file.to_owned(), lines.by_ref().take_while(|line| *line != "```").flat_map(|line| [line, "\n"]).collect());
        }
    }
    blocks
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn yaml(text: &str) -> Yaml {
    YamlLoader::load_from_str(text).expect("YAML").into_iter().next().expect("a document")
}

/// A git repository whose schemas, messages and generated code fit.
struct Repository {
    bench: Bench,
    path: String,
}

impl Repository {
    fn new(name: &str) -> Self {
        let bench = Bench::new(name)
            .with("xsd/a.xsd", &schema("a"))
            .with("messages/note.xml", "<note xmlns='urn:a'><to>x</to></note>")
            .with("xsdgen.toml", "schemas = [\"xsd\"]\nout = \"generated\"\n");
        let program = Path::new(env!("CARGO_BIN_EXE_xsdgen")).parent().expect("a folder").to_owned();
        let path = format!("{}:{}:{}", bench.dir.join("bin").display(), program.display(), std::env::var("PATH").expect("a path"));
        let it = Repository { bench, path };
        for name in ["cargo", "gh"] {
            it.bench.write(&format!("bin/{name}"), &format!("#!/bin/sh\necho {name} \"$@\" >> called.txt\n"));
            it.executable(&format!("bin/{name}"));
        }
        it.bench.run(&["generate", "--quiet"]).ends_with(0);
        it.shell("git init -q . && git config user.name x && git config user.email x@example.org && git config core.hooksPath .git/hooks");
        it.shell("git add xsd messages generated xsdgen.* && git commit -qm first");
        it
    }

    fn executable(&self, file: &str) {
        std::fs::set_permissions(self.bench.dir.join(file), std::fs::Permissions::from_mode(0o755)).expect("permissions");
    }

    fn runs(&self, script: &str) -> Output {
        let mut command = Command::new("sh");
        command.current_dir(&self.bench.dir).env("PATH", &self.path).args(["-ec", script]);
        command.env("BASE", "HEAD").env("CI_MERGE_REQUEST_DIFF_BASE_SHA", "HEAD").env("PULL_REQUEST", "7");
        command.output().expect("a shell")
    }

    #[track_caller]
    fn shell(&self, script: &str) {
        let output = self.runs(script);
        let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(output.status.success(), "{script}\n{said}");
    }

    /// Returns whether each of the scripts succeeds.
    fn succeed(&self, scripts: &[String]) -> Vec<bool> {
        scripts.iter().map(|script| self.runs(script).status.success()).collect()
    }

    /// Changes the schema so that the code is out of date, the message is invalid and the bindings need a major release.
    fn change(&self) {
        self.bench.write("xsd/a.xsd", &schema("a").replace("name=\"to\"", "name=\"whom\""));
    }
}

#[test]
fn the_hook_refuses_a_commit_without_the_code() {
    let repository = Repository::new("ci_hook");
    repository.bench.write(".git/hooks/pre-commit", &blocks()[".git/hooks/pre-commit"]);
    repository.executable(".git/hooks/pre-commit");
    repository.shell("git commit -q --allow-empty -m second");
    repository.change();
    let refused = repository.runs("git commit -qam third");
    assert!(!refused.status.success() && String::from_utf8_lossy(&refused.stderr).contains("out of date"));
    repository.shell("xsdgen generate --quiet && git add . && git commit -qm third");
}

#[test]
fn the_workflow_of_github_works() {
    let workflow = yaml(&blocks()[".github/workflows/schemas.yml"]);
    let steps = workflow["jobs"]["schemas"]["steps"].as_vec().expect("steps");
    let scripts: Vec<String> = steps.iter().filter_map(|step| Some(step["run"].as_str()?.to_owned())).collect();
    let repository = Repository::new("ci_github");
    assert_eq!(repository.succeed(&scripts), [true; 4]);
    let called = repository.bench.read("called.txt");
    assert_eq!(called, "cargo install --locked xsdgen-cli\ngh pr comment 7 --edit-last --create-if-none --body-file comment.md\n");
    assert!(!repository.bench.read("comment.md").contains("whom"));
    repository.change();
    assert_eq!(repository.succeed(&scripts), [true, false, true, false]);
    assert!(repository.bench.read("comment.md").contains("whom"));
}

#[test]
fn the_job_of_gitlab_works() {
    let job = yaml(&blocks()[".gitlab-ci.yml"]);
    let script = job["schemas"]["script"].as_vec().expect("a script");
    let scripts: Vec<String> = script.iter().map(|line| line.as_str().expect("a command").to_owned()).collect();
    let repository = Repository::new("ci_gitlab");
    assert_eq!(repository.succeed(&scripts), [true; 5]);
    repository.change();
    assert_eq!(repository.succeed(&scripts), [true, true, false, false, false]);
}

#[test]
fn the_hooks_of_pre_commit_are_there() {
    let hooks = yaml(&std::fs::read_to_string(root().join(".pre-commit-hooks.yaml")).expect("the hooks"));
    let hooks = hooks.as_vec().expect("a list");
    let wanted = yaml(&blocks()[".pre-commit-config.yaml"]);
    let wanted = wanted["repos"][0]["hooks"].as_vec().expect("hooks");
    let repository = Repository::new("ci_pre_commit");
    for id in wanted.iter().map(|hook| hook["id"].as_str().expect("an id")) {
        let hook = hooks.iter().find(|hook| hook["id"].as_str() == Some(id)).unwrap_or_else(|| panic!("no hook {id}"));
        let files = if hook["pass_filenames"].as_bool() == Some(false) { "" } else { " xsd/a.xsd" };
        repository.shell(&format!("{}{files}", hook["entry"].as_str().expect("a command")));
    }
    assert_eq!(wanted.len(), hooks.len());
}
