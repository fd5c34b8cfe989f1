//! From nothing to a site that answers, on a machine that has the program alone.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};

use crate::support::Machine;

struct Serving(Child);

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn from_nothing_to_an_article_that_is_served() {
    let machine = Machine::with_the_program_alone();
    machine.run("init digest --title-zh 串门 --title-en Visits --author Mei").fine();
    let site = |arguments: &[&str]| machine.gen_in("digest", arguments);
    let made = site(&["new", "article", "Cat Tax", "--zh", "猫税", "--section", "2025"]).fine();
    for path in ["content/2025/cat-tax.zh.md", "content/2025/cat-tax.en.md"] {
        assert!(made.out.contains(path), "{}", made.out);
    }
    // The author writes.
    let path = |lang: &str| format!("digest/content/2025/cat-tax.{lang}.md");
    machine.edit(&path("zh"), "draft = true", "# draft = false");
    let zh = machine.read(&path("zh")) + "\n新来的人先交一张猫的照片，这就叫猫税。\n";
    machine.write(&path("zh"), &zh);
    let en =
        machine.read(&path("en")) + "\nNewcomers owe a picture of a cat: that is the cat tax.\n";
    machine.write(&path("en"), &en);
    let term = ["new", "term", "猫税", "--en", "cat tax", "--category", "chat"];
    let means = ["--definition-zh", "入门要交的猫照片。", "--definition-en", "A cat photo owed."];
    site(&[&term[..], &means[..]].concat()).fine();
    let checked = site(&["check"]).fine();
    assert!(checked.out.contains("no problems"), "{}{}", checked.out, checked.err);
    let built = site(&["build", "--strict"]).fine();
    assert_eq!(built.err, "");
    for (page, text) in [
        ("public/2025/cat-tax/index.html", "that is the"),
        ("public/zh/2025/cat-tax/index.html", "新来的人"),
        ("public/glossary/cat-tax/index.html", "māo shuì"),
    ] {
        assert!(machine.read(&format!("digest/{page}")).contains(text), "{page}: {text}");
    }
    let (mut serving, port) = serve(&machine);
    for (address, text) in
        [("/", "串门"), ("/en/2025/cat-tax/", "Newcomers owe"), ("/glossary/", "猫税")]
    {
        let answer = get(port, address);
        let fine = answer.starts_with("HTTP/1.1 200");
        assert!(fine && answer.contains(text), "{address}: {answer}");
    }
    assert!(serving.0.try_wait().unwrap().is_none(), "it is still there");
}

/// Serves the site, and waits until it says at which port.
fn serve(machine: &Machine) -> (Serving, u16) {
    let mut command = machine.command("digest", &["serve", "-p", "0"]);
    let child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut serving = Serving(child);
    let mut lines = BufReader::new(serving.0.stdout.take().unwrap()).lines();
    let line = lines.find(|line| line.as_ref().is_ok_and(|line| line.contains("http://")));
    let line = line.unwrap().unwrap();
    let host = line.split("http://").nth(1).and_then(|rest| rest.split(['/', ' ']).next());
    let port = host.and_then(|host| host.rsplit(':').next()?.parse().ok()).unwrap();
    // Nobody reads on, but the pipe stays open.
    std::thread::spawn(move || lines.for_each(drop));
    (serving, port)
}

fn get(port: u16, address: &str) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    let request =
        format!("GET {address} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}
