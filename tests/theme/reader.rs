//! A reader: Chromium driven through its driver, on a site served from memory.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::prelude::*;
use thirtyfour::{ChromiumLikeCapabilities, LoggingPrefsLogLevel};
use tokio::runtime::{Builder, Runtime};

/// How a reader's screen is.
#[derive(Clone, Copy)]
pub struct Screen {
    /// Its width in CSS pixels.
    pub width: u32,
    /// Whether it is a touch screen.
    pub touch: bool,
    /// Whether the system is set to dark colours.
    pub dark: bool,
}

/// A desk: wide, with a mouse, light.
pub const DESK: Screen = Screen { width: 1440, touch: false, dark: false };
/// A phone.
pub const PHONE: Screen = Screen { width: 390, touch: true, dark: false };

/// A browser with a page; it ends with its value.
pub struct Reader {
    runtime: Runtime,
    driver: Option<WebDriver>,
    process: Child,
    site: String,
    _profile: TempDir,
}

impl Drop for Reader {
    fn drop(&mut self) {
        if let Some(driver) = self.driver.take() {
            let _ = self.runtime.block_on(driver.quit());
        }
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Reader {
    /// Opens a browser for the site at an address, `http://127.0.0.1:1234/digest/`.
    pub fn new(site: &str, screen: Screen, scripts: bool) -> Reader {
        let (process, port) = driver();
        let profile = TempDir::new().unwrap();
        let mut wanted = DesiredCapabilities::chrome();
        let switches = [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--force-prefers-reduced-motion",
            "--lang=en",
        ];
        for switch in switches {
            wanted.add_arg(switch).unwrap();
        }
        wanted.add_arg(&format!("--user-data-dir={}", profile.path().display())).unwrap();
        wanted.set_logging_prefs("browser".to_owned(), LoggingPrefsLogLevel::All).unwrap();
        if !scripts {
            let setting = json!({ "profile.managed_default_content_settings.javascript": 2 });
            wanted.add_experimental_option("prefs", setting).unwrap();
        }
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        let address = format!("http://127.0.0.1:{port}");
        let driver = runtime.block_on(WebDriver::new(&address, wanted)).unwrap();
        let reader =
            Reader { runtime, driver: Some(driver), process, site: site.into(), _profile: profile };
        reader.set_screen(screen);
        reader
    }

    fn driver(&self) -> &WebDriver {
        self.driver.as_ref().unwrap()
    }

    fn devtools(&self, method: &str, params: Value) {
        self.runtime.block_on(self.driver().cdp().send_raw(method, params)).unwrap();
    }

    /// Changes the screen.
    pub fn set_screen(&self, screen: Screen) {
        let height = if screen.touch { 844 } else { 900 };
        let size = json!({ "width": screen.width, "height": height,
            "deviceScaleFactor": 1, "mobile": screen.touch });
        self.devtools("Emulation.setDeviceMetricsOverride", size);
        self.devtools("Emulation.setTouchEmulationEnabled", json!({ "enabled": screen.touch }));
        let scheme = if screen.dark { "dark" } else { "light" };
        let feature = json!([{ "name": "prefers-color-scheme", "value": scheme }]);
        self.devtools("Emulation.setEmulatedMedia", json!({ "features": feature }));
    }

    /// Opens a page of the site.
    pub fn open(&self, path: &str) {
        self.runtime.block_on(self.driver().goto(format!("{}{path}", self.site))).unwrap();
    }

    /// Evaluates an expression in the page.
    pub fn value(&self, expression: &str) -> Value {
        let script = format!("return ({expression});");
        self.runtime.block_on(self.driver().execute(script, Vec::new())).unwrap().json().clone()
    }

    /// A number from the page.
    pub fn number(&self, expression: &str) -> f64 {
        let value = self.value(expression);
        value.as_f64().unwrap_or_else(|| panic!("{expression} is {value}"))
    }

    /// Whether something comes true in the page within five seconds.
    pub fn sees(&self, expression: &str) -> bool {
        (0..100).any(|_| {
            let seen = self.value(expression) == Value::Bool(true);
            if !seen {
                self.wait(50);
            }
            seen
        })
    }

    /// Waits some milliseconds: for what must not happen.
    pub fn wait(&self, milliseconds: u64) {
        std::thread::sleep(Duration::from_millis(milliseconds));
    }

    /// The first element of a selector that is shown.
    fn element(&self, selector: &str) -> WebElement {
        let found = self.runtime.block_on(self.driver().find_all(By::Css(selector))).unwrap();
        let shown = |element: &WebElement| self.runtime.block_on(element.is_displayed()).unwrap();
        found.into_iter().find(shown).unwrap_or_else(|| panic!("{selector} is not shown"))
    }

    /// Whether an element of a selector is shown.
    pub fn shows(&self, selector: &str) -> bool {
        let found = self.runtime.block_on(self.driver().find_all(By::Css(selector))).unwrap();
        found.iter().any(|element| self.runtime.block_on(element.is_displayed()).unwrap())
    }

    /// Clicks.
    pub fn click(&self, selector: &str) {
        self.runtime.block_on(self.element(selector).click()).unwrap();
    }

    /// Moves the mouse onto an element.
    pub fn hover(&self, selector: &str) {
        let element = self.element(selector);
        let actions = self.driver().action_chain().move_to_element_center(&element);
        self.runtime.block_on(actions.perform()).unwrap();
    }

    /// Moves the mouse to the corner of the window.
    pub fn leave(&self) {
        let actions = self.driver().action_chain().move_to(2, 2);
        self.runtime.block_on(actions.perform()).unwrap();
    }

    /// Taps with a finger.
    pub fn tap(&self, selector: &str) {
        let element = self.element(selector);
        self.runtime.block_on(element.scroll_into_view()).unwrap();
        let rect = format!(
            "(e => {{ const r = e.getClientRects()[0]; return [r.x + r.width / 2, r.y + r.height / 2]; }})\
             ([...document.querySelectorAll({selector:?})].find(e => e.checkVisibility()))"
        );
        let point = self.value(&rect);
        let place = json!({ "x": point[0], "y": point[1] });
        self.devtools(
            "Input.dispatchTouchEvent",
            json!({ "type": "touchStart", "touchPoints": [place] }),
        );
        self.devtools("Input.dispatchTouchEvent", json!({ "type": "touchEnd", "touchPoints": [] }));
    }

    /// Presses keys on what has the focus.
    pub fn press(&self, keys: &str) {
        let actions = self.driver().action_chain().send_keys(keys);
        self.runtime.block_on(actions.perform()).unwrap();
    }

    /// Types into a field.
    pub fn enter(&self, selector: &str, text: &str) {
        self.runtime.block_on(self.element(selector).send_keys(text)).unwrap();
    }

    /// What the browser has to complain of since it was asked last: errors of scripts, files that
    /// did not load.
    pub fn complaints(&self) -> Vec<String> {
        let log = self.runtime.block_on(self.driver().browser_log()).unwrap();
        log.into_iter().map(|entry| format!("{}: {}", entry.level, entry.message)).collect()
    }
}

/// Starts the driver of the browser, on a port of its choice.
fn driver() -> (Child, u16) {
    let mut process = Command::new("chromedriver")
        .arg("--port=0")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("this test needs chromedriver; scripts/test installs it");
    let mut lines = BufReader::new(process.stdout.take().unwrap()).lines().map_while(Result::ok);
    let port = lines.find_map(|line| {
        let (_, port) = line.split_once("successfully on port ")?;
        port.trim_end_matches('.').parse().ok()
    });
    if port.is_none() {
        let _ = process.kill();
        let _ = process.wait();
    }
    (process, port.expect("chromedriver starts"))
}
