//! Chromium on a page that reports what it saw.

use std::process::{Child, Command, Stdio};
use std::sync::mpsc::Receiver;
use std::time::Duration;

use digest_gen::output::Outputs;
use tempfile::TempDir;

use super::server::{Report, serve};

/// A browser on a page; it is ended with its value.
pub struct Browser {
    child: Child,
    reports: Receiver<Report>,
    _profile: TempDir,
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Browser {
    /// Opens a page, whose HTML is given, beside a site.
    pub fn open(outputs: Outputs, page: String) -> Browser {
        let (port, reports) = serve(outputs, page);
        let profile = TempDir::new().unwrap();
        let child = ["chromium", "chromium-browser", "google-chrome"].iter().find_map(|name| {
            Command::new(name)
                .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"])
                .args(["--no-first-run", "--disable-extensions", "--disable-background-networking"])
                .arg(format!("--user-data-dir={}", profile.path().display()))
                .arg("--remote-debugging-port=0")
                .arg(format!("http://127.0.0.1:{port}/run"))
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .ok()
        });
        let child = child.expect("this test needs Chromium; scripts/test installs it");
        Browser { child, reports, _profile: profile }
    }

    /// The next report.
    pub fn report(&self) -> Report {
        self.reports.recv_timeout(Duration::from_secs(120)).expect("the page reports in time")
    }
}
