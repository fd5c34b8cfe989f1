//! Releases: what `scripts/package` packs, and how the workflow of a new site installs it.
#![cfg(target_os = "linux")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crate::support::Machine;

/// As the workflow names it.
const TARGET: &str = "x86_64-unknown-linux-musl";

#[test]
fn a_release_is_packed_and_the_workflow_installs_it() {
    let machine = Machine::with_site();
    let workflow = machine.read(".github/workflows/pages.yml");
    let version = env!("CARGO_PKG_VERSION");
    let folder = machine.path("releases").join(format!("v{version}"));
    // What a program for trying knows for debuggers takes long to pack.
    let program = machine.path("gen");
    let strip = Command::new("strip").arg("-o").arg(&program).arg(machine.program()).status();
    assert!(strip.unwrap().success());
    let packed = package(&program, &folder);
    assert!(packed.status.success(), "{}", String::from_utf8_lossy(&packed.stderr));

    let script = step(&workflow, "Install gen");
    let installed = install(&machine, &script, "mei/gen");
    assert!(installed.status.success(), "{}", String::from_utf8_lossy(&installed.stderr));
    let bin = machine.read("path");
    let bin = Path::new(bin.trim());
    let said = Command::new(bin.join("gen")).arg("--version").output().unwrap();
    assert_eq!(
        String::from_utf8_lossy(&said.stdout).split(' ').nth(1).map(str::trim),
        Some(version)
    );
    let names = "README.md LICENSE-MIT LICENSE-APACHE completions/gen.bash completions/_gen \
                 completions/gen.fish completions/_gen.ps1 man/gen.1 man/gen-build.1";
    for name in names.split(' ') {
        let size = fs::metadata(bin.join(name)).map_or(0, |file| file.len());
        assert!(size > 500, "{name}: {size} bytes");
    }

    // What was changed on its way is not installed.
    fs::remove_file(machine.path("path")).unwrap();
    let archive = folder.join(format!("gen-{version}-{TARGET}.tar.gz"));
    let mut bytes = fs::read(&archive).unwrap();
    bytes.push(0);
    fs::write(&archive, bytes).unwrap();
    assert!(!install(&machine, &script, "mei/gen").status.success());
    assert!(!machine.path("path").exists());
}

#[test]
fn a_workflow_that_does_not_know_the_repository_says_so() {
    let machine = Machine::with_site();
    let script = step(&machine.read(".github/workflows/pages.yml"), "Install gen");
    let failed = install(&machine, &script, "");
    assert!(!failed.status.success());
    let said = String::from_utf8_lossy(&failed.stdout).into_owned();
    assert!(said.starts_with("::error file=.github/workflows/pages.yml::"), "{said}");
}

fn package(program: &Path, folder: &Path) -> Output {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts/package");
    Command::new(script).arg(program).arg(TARGET).arg(folder).output().unwrap()
}

/// Runs a step of the workflow as a runner does, with the releases in a folder.
fn install(machine: &Machine, script: &str, repository: &str) -> Output {
    let temporary = machine.path("runner");
    fs::create_dir_all(&temporary).unwrap();
    Command::new("bash")
        .args(["-e", "-c", script])
        .current_dir(machine.home())
        .env("GEN_VERSION", env!("CARGO_PKG_VERSION"))
        .env("GEN_REPOSITORY", repository)
        .env("GEN_RELEASES", format!("file://{}", machine.path("releases").display()))
        .env("RUNNER_TEMP", temporary)
        .env("GITHUB_PATH", machine.path("path"))
        .output()
        .unwrap()
}

/// The script of a step.
fn step(workflow: &str, name: &str) -> String {
    let mut lines = workflow.lines().skip_while(|line| line.trim() != format!("- name: {name}"));
    assert_eq!(lines.nth(1), Some("        run: |"), "{name}");
    let script = lines.map_while(|line| line.strip_prefix("          "));
    script.collect::<Vec<_>>().join("\n")
}
