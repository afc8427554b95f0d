//! The demo one can touch, as whoever starts it sees it: its few lines, its three pages, and the postbox in which
//! everybody else is played.

use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use reqwest::{Client, Method, Response, StatusCode};
use serde_json::Value;

use crate::support::folder::Folder;
use crate::support::site::{body, header};

/// A month in a debug build, on a machine that does other things.
const PATIENCE: Duration = Duration::from_secs(120);
const STOP_SECONDS_MAX: Duration = Duration::from_secs(15);

const FORM: &str = "application/x-www-form-urlencoded";
const EDITOR: &str = "redakcija@selija.example";
const LIBRARY: &str = "rasma@ritesbiblioteka.example";
const READER: &str = "anna@pasts.example";
const LEAVER: &str = "peteris@pasts.example";
const HOSTILE: &str = "balle@sauka.example";

/// A demo that runs as a process of its own.
pub struct Demo<'a> {
    folder: &'a Path,
    process: Child,
    /// What it printed.
    lines: Vec<String>,
    out: BufReader<std::process::ChildStdout>,
    client: Client,
}

impl<'a> Demo<'a> {
    pub fn start(folder: &'a Path, arguments: &[&str]) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_zinas"))
            .arg("--data")
            .arg(folder)
            .arg("demo")
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut out = BufReader::new(process.stdout.take().unwrap());
        let mut lines = Vec::new();
        while !lines.last().is_some_and(|line: &String| line.starts_with("Ctrl-C")) {
            let mut line = String::new();
            if out.read_line(&mut line).unwrap() == 0 {
                let mut said = String::new();
                process.stderr.take().unwrap().read_to_string(&mut said).unwrap();
                panic!("the demo ended: {said}");
            }
            lines.push(line.trim_end().to_owned());
        }
        // Another test may have been first.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Self { folder, process, lines, out, client }
    }

    pub fn address(&self, of: &str) -> &str {
        let line = self.lines.iter().find_map(|line| line.strip_prefix(of));
        line.unwrap_or_else(|| panic!("{of} in {:?}", self.lines)).trim()
    }

    fn postbox(&self, path: &str) -> String {
        format!("{}{}", self.address("Postbox").trim_end_matches('/'), path)
    }

    async fn get(&self, path: &str) -> Response {
        self.client.get(self.postbox(path)).header("Accept-Language", "lv").send().await.unwrap()
    }

    async fn page(&self, path: &str) -> String {
        let response = self.get(path).await;
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        body(response).await
    }

    /// Sends a form as a browser does, with a file.
    async fn send(&self, path: &str, fields: &[(&str, &str)], file: Option<(&str, &[u8])>) -> Response {
        let mut body = Vec::new();
        for (name, value) in fields {
            body.extend(
                format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
                    .into_bytes(),
            );
        }
        let (name, bytes) = file.unwrap_or_default();
        body.extend(
            format!(
                "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
                 Content-Type: image/jpeg\r\n\r\n"
            )
            .into_bytes(),
        );
        body.extend(bytes);
        body.extend(b"\r\n--b--\r\n");
        let url = self.postbox(path);
        let origin = url.split('/').take(3).collect::<Vec<_>>().join("/");
        let request = self.client.post(url).header("Origin", origin);
        let request = request.header("Content-Type", "multipart/form-data; boundary=b");
        request.body(body).send().await.unwrap()
    }

    /// What a command beside it says.
    pub fn command(&self, arguments: &[&str]) -> Value {
        let ran = Command::new(env!("CARGO_BIN_EXE_zinas"))
            .arg("--data")
            .arg(self.folder)
            .args(arguments)
            .arg("--json")
            .output()
            .unwrap();
        assert!(ran.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&ran.stderr));
        serde_json::from_slice(&ran.stdout).unwrap()
    }

    fn rows(&self, arguments: &[&str]) -> Vec<Value> {
        self.command(arguments).as_array().unwrap().clone()
    }

    /// The ids of the letters in a box, newest first, with the words beside each.
    async fn letters(&self, owner: &str) -> Vec<(String, String)> {
        let page = self.page(&format!("/box/{owner}")).await;
        let start = format!("href=\"/box/{owner}/");
        let rows = page.split(&start).skip(1);
        rows.map(|row| {
            let (id, rest) = row.split_once('"').unwrap();
            (id.to_owned(), rest.split("</a>").next().unwrap().to_owned())
        })
        .collect()
    }

    async fn letter(&self, owner: &str, words: &str) -> String {
        let letters = self.letters(owner).await;
        let found = letters.iter().find(|(_, line)| line.contains(words));
        found.unwrap_or_else(|| panic!("{words} in {letters:?}")).0.clone()
    }

    async fn source(&self, owner: &str, id: &str) -> String {
        self.get(&format!("/box/{owner}/{id}/eml")).await.text().await.unwrap()
    }

    /// As Ctrl-C does; gives what it printed since.
    pub fn interrupt(mut self) -> (ExitStatus, String) {
        let began = Instant::now();
        let asked = Command::new("kill").args(["-INT", &self.process.id().to_string()]).status().unwrap();
        assert!(asked.success());
        let status = loop {
            if let Some(status) = self.process.try_wait().unwrap() {
                break status;
            }
            assert!(began.elapsed() < STOP_SECONDS_MAX, "it does not stop");
            std::thread::sleep(Duration::from_millis(20));
        };
        let mut said = String::new();
        self.out.read_to_string(&mut said).unwrap();
        self.process.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        (status, said)
    }
}

impl Drop for Demo<'_> {
    fn drop(&mut self) {
        // After a failure: it would go on for ever.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

async fn eventually(what: &str, mut is: impl AsyncFnMut() -> bool) {
    let began = Instant::now();
    while !is().await {
        assert!(began.elapsed() < Duration::from_secs(20), "{what}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

fn header_of<'a>(mail: &'a str, name: &str) -> &'a str {
    let line = mail.lines().take_while(|line| !line.is_empty()).find_map(|line| line.strip_prefix(name));
    line.unwrap_or_else(|| panic!("{name} in {mail}")).trim()
}

pub fn photo() -> Vec<u8> {
    let picture =
        image::RgbImage::from_fn(640, 480, |x, y| image::Rgb([(x % 250) as u8, (y % 250) as u8, 90]));
    let mut jpeg = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut jpeg, image::ImageFormat::Jpeg).unwrap();
    jpeg.into_inner()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_starts_the_demo_plays_everybody_else() {
    let home = Folder::new("touch");
    let folder = home.path().join("demo");
    let began = Instant::now();
    let demo = Demo::start(&folder, &[]);
    assert!(began.elapsed() < PATIENCE);

    the_terminal_shows_three_addresses(&demo).await;
    something_waits_at_the_desk(&demo);
    a_contributor_writes_with_a_photo(&demo).await;
    a_reader_answers_the_bulletin(&demo).await;
    programs_answer_too(&demo).await;
    a_reader_leaves_by_the_link(&demo).await;
    hostile_mail_is_inert(&demo).await;
    strangers_are_turned_away(&demo).await;

    let items = demo.rows(&["item", "list"]).len();
    let letters = demo.letters(LIBRARY).await.len();
    let (status, said) = demo.interrupt();
    assert_eq!((status.code(), said.as_str()), (Some(0), ""), "Ctrl-C is how it ends");
    assert!(std::fs::read_to_string(folder.join("log.txt")).unwrap().contains("stopping"));

    let again = Demo::start(&folder, &[]);
    the_terminal_shows_three_addresses(&again).await;
    assert_eq!(again.rows(&["item", "list"]).len(), items);
    assert_eq!(again.letters(LIBRARY).await.len(), letters);
    let ran = Command::new(env!("CARGO_BIN_EXE_zinas"));
    let ran = { ran }.arg("--data").arg(&folder).args(["demo", "--fresh"]).output().unwrap();
    let said = String::from_utf8_lossy(&ran.stderr).into_owned();
    assert!(ran.status.code() == Some(3) && said.contains("in use by another zinas"), "{said}");
    assert!(again.interrupt().0.success());

    let judged = Command::new(env!("CARGO_BIN_EXE_zinas"));
    let judged = { judged }.arg("--data").arg(&folder).args(["demo", "--recheck"]).output().unwrap();
    assert!(String::from_utf8_lossy(&judged.stderr).contains("has gone on after its month"));
    zinas::demo::prepare(&folder, false).unwrap();
    assert!(folder.join("zinas.toml").exists());
    zinas::demo::prepare(&folder, true).unwrap();
    assert!(!folder.join("zinas.toml").exists());
}

async fn the_terminal_shows_three_addresses(demo: &Demo<'_>) {
    let starts = ["Desk     http://127.0.0.1:", "Pages    http://127.0.0.1:", "Postbox  http://127.0.0.1:"];
    for (line, start) in demo.lines.iter().zip(starts) {
        assert!(line.starts_with(start), "{line}");
    }
    let rest: Vec<&str> = demo.lines[3..].iter().map(String::as_str).collect();
    assert_eq!((rest.len(), rest[0], rest[1]), (6, "", "Try first:"), "{rest:?}");
    for of in ["Desk", "Pages", "Postbox"] {
        let answer = demo.client.get(demo.address(of)).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK, "{of}");
    }
    let link = demo.address("Desk").to_owned();
    let press = || demo.client.post(&link).header("Content-Type", FORM).body("").send();
    assert_eq!(press().await.unwrap().status(), StatusCode::SEE_OTHER, "the link signs in");
    assert_eq!(press().await.unwrap().status(), StatusCode::GONE, "once");
}

fn something_waits_at_the_desk(demo: &Demo<'_>) {
    let items = demo.rows(&["item", "list", "--state", "pending"]);
    let text = Value::from(items).to_string();
    for title in ["Cimdu adīšana", "Ziemas ballīte", "mainās maksājumu konts"] {
        assert!(text.contains(title), "{title} in {text}");
    }
    let letters = Value::from(demo.rows(&["letter", "list"])).to_string();
    assert!(letters.contains("Anna Lasmane"), "{letters}");
    let messages = demo.rows(&["message", "list", "--state", "quarantined"]);
    assert_eq!(messages.len(), 1, "{messages:?}");
    let issues = demo.rows(&["issue", "list"]);
    let draft = issues.last().unwrap();
    assert!(
        draft["state"] == "ready" && draft["items"].as_array().is_some_and(|items| items.len() >= 2),
        "{issues:?}"
    );
}

async fn thanks(demo: &Demo<'_>) -> usize {
    let letters = demo.letters(LIBRARY).await;
    letters.iter().filter(|(_, line)| line.contains("Paldies, Jūsu ziņa ir saņemta")).count()
}

async fn a_contributor_writes_with_a_photo(demo: &Demo<'_>) {
    let form = demo.page("/write").await;
    assert!(form.contains("enctype=\"multipart/form-data\"") && form.contains(LIBRARY), "{form}");
    let fields = [
        ("who", LIBRARY),
        ("subject", "Sniega talka Ritē"),
        ("text", "Sestdien, 23. janvārī, plkst. 10.00 tīrīsim taku pie bibliotēkas.\nFoto: Rasma Ozolzare"),
    ];
    let thanked = thanks(demo).await;
    let sent = demo.send("/write", &fields, Some(("../IMG_1.jpg", &photo()))).await;
    assert_eq!(sent.status(), StatusCode::SEE_OTHER);
    assert!(header(&sent, "location").starts_with(&format!("/box/{LIBRARY}?done=")));
    eventually("she is thanked", async || thanks(demo).await == thanked + 1).await;
    eventually("the item is in the queue", async || {
        let items = demo.rows(&["item", "list", "--state", "pending"]);
        items
            .iter()
            .any(|item| item["title"] == "Sniega talka Ritē" && item["photos"].as_array().unwrap().len() == 1)
    })
    .await;
    eventually("the editor is told", async || {
        demo.letters(EDITOR).await.iter().any(|(_, line)| line.contains("Sniega talka"))
    })
    .await;
    // Her own letter with its photo, as a download and nothing else.
    let letter = demo.letter(LIBRARY, "Sniega talka Ritē").await;
    let files = demo.page(&format!("/box/{LIBRARY}/{letter}?view=files")).await;
    assert!(files.contains("IMG_1.jpg"), "{files}");
    let file = demo.get(&format!("/box/{LIBRARY}/{letter}/file/0")).await;
    assert_eq!(header(&file, "content-type"), "application/octet-stream");
    assert_eq!(header(&file, "x-content-type-options"), "nosniff");
    assert_eq!(
        header(&file, "content-disposition"),
        "attachment; filename=\"IMG_1.jpg\"; filename*=UTF-8''IMG_1.jpg"
    );
    assert_eq!(file.bytes().await.unwrap(), photo());

    let blank = demo.send("/write", &[("who", LIBRARY), ("subject", "Tukša")], None).await;
    assert_eq!(blank.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(body(blank).await.contains("text-error"));
}

async fn a_reader_answers_the_bulletin(demo: &Demo<'_>) {
    let bulletin = demo.letter(READER, "Decembra ziņas:").await;
    let shown = demo.page(&format!("/box/{READER}/{bulletin}")).await;
    assert!(shown.contains("Atbildēt kā Anna Lasmane"), "{shown}");
    let form = demo.page(&format!("/box/{READER}/{bulletin}/reply")).await;
    assert!(form.contains("&gt; ") && form.contains("rakstīja:"), "what is answered is quoted");
    let fields = [("subject", "Re: Decembra ziņas"), ("text", "Vai koris dziedās arī Zalvē?\n\n> ziņas")];
    let path = format!("/box/{READER}/{bulletin}/reply");
    let sent = demo.send(&path, &fields, None).await;
    assert_eq!(sent.status(), StatusCode::SEE_OTHER);
    eventually("it is a letter", async || {
        let letters = demo.rows(&["letter", "list"]);
        letters.iter().filter(|letter| letter["from"]["address"] == READER).count() == 2
    })
    .await;
    let received = demo.source(READER, &bulletin).await;
    let sent = demo.letters(READER).await;
    let sent = sent.iter().find(|(id, line)| id.starts_with('s') && line.contains("Re: Decembra ziņas"));
    let sent = demo.source(READER, &sent.unwrap().0).await;
    let id = header_of(&received, "Message-ID:");
    assert_eq!(header_of(&sent, "In-Reply-To:"), id);
    assert!(header_of(&sent, "References:").ends_with(id), "{sent}");
    let reply_to = header_of(&received, "Reply-To:");
    assert!(reply_to.contains(header_of(&sent, "To:").trim_matches(['<', '>'])), "{reply_to}: {sent}");
}

async fn programs_answer_too(demo: &Demo<'_>) {
    let owner = "lasitaja-0071@lasitaji.example";
    let bulletin = demo.letter(owner, "Decembra ziņas:").await;
    for (act, kind) in [("away", "auto_reply"), ("bounce", "bounce")] {
        let count = || {
            let messages = demo.rows(&["message", "list"]);
            messages.iter().filter(|message| message["kind"] == kind).count()
        };
        let before = count();
        let path = demo.postbox(&format!("/box/{owner}/{bulletin}/{act}"));
        let done = demo.client.post(path).send().await.unwrap();
        assert_eq!(done.status(), StatusCode::SEE_OTHER, "{act}");
        eventually(act, async || count() == before + 1).await;
    }
}

async fn a_reader_leaves_by_the_link(demo: &Demo<'_>) {
    let bulletin = demo.letter(LEAVER, "Decembra ziņas:").await;
    let html = body(demo.get(&format!("/box/{LEAVER}/{bulletin}/html")).await).await;
    let link = html.split('"').find(|part| part.contains("/leave/")).unwrap().replace("&amp;", "&");
    assert!(link.starts_with(demo.address("Pages")), "{link}");
    let state = || {
        let readers = demo.rows(&["subscriber", "list"]);
        readers.iter().find(|reader| reader["address"] == LEAVER).unwrap()["state"].clone()
    };
    let page = demo.client.get(&link).send().await.unwrap();
    assert_eq!((page.status(), state()), (StatusCode::OK, "confirmed".into()));
    let left = demo.client.post(&link).header("Content-Type", FORM).body("do=leave").send().await.unwrap();
    assert_eq!((left.status(), state()), (StatusCode::OK, "unsubscribed".into()));
}

async fn hostile_mail_is_inert(demo: &Demo<'_>) {
    let letter = demo.letter(HOSTILE, "Balle").await;
    for view in ["", "?view=text", "?view=headers", "?view=source", "?view=files"] {
        let page = demo.page(&format!("/box/{HOSTILE}/{letter}{view}")).await;
        for harm in ["<script", "onerror=\"", "<img src=x", "href=\"javascript:"] {
            assert!(!page.contains(harm), "{view}: {harm}");
        }
        let framed = page.matches("<iframe").count();
        assert_eq!(framed, usize::from(view.is_empty()));
        let sandbox = "sandbox=\"allow-popups allow-popups-to-escape-sandbox\"";
        assert_eq!(page.matches(sandbox).count(), framed);
    }
    let frame = demo.get(&format!("/box/{HOSTILE}/{letter}/html")).await;
    let policy = header(&frame, "content-security-policy");
    let pages = demo.address("Pages").trim_end_matches('/');
    for part in
        ["default-src 'none'", "sandbox allow-popups", &format!("img-src {pages} data:"), "base-uri 'none'"]
    {
        assert!(policy.contains(part), "{part} in {policy}");
    }
    assert!(!policy.contains("script-src") && !policy.contains("allow-scripts"));
    assert_eq!(header(&frame, "x-dns-prefetch-control"), "off");
    let shown = body(frame).await;
    assert!(shown.contains("<b>balli</b>"), "{shown}");
    for harm in ["<script", "alert(1)", "onerror", "javascript:"] {
        assert!(!shown.contains(harm), "{harm}: {shown}");
    }
    let list = demo.get("/").await;
    assert!(header(&list, "content-security-policy").starts_with("default-src 'none'; style-src 'self'"));
}

async fn strangers_are_turned_away(demo: &Demo<'_>) {
    let get = |host: &str| demo.client.get(demo.postbox("/")).header("Host", host).send();
    assert_eq!(get("evil.example").await.unwrap().status(), StatusCode::FORBIDDEN);
    let count = demo.rows(&["message", "list"]).len();
    for (name, value) in [("Origin", "https://evil.example"), ("Sec-Fetch-Site", "same-site")] {
        let request = demo.client.post(demo.postbox("/write")).header(name, value);
        let request = request.header("Content-Type", "multipart/form-data; boundary=b");
        assert_eq!(request.send().await.unwrap().status(), StatusCode::FORBIDDEN);
    }
    assert_eq!(demo.rows(&["message", "list"]).len(), count);
    for path in ["/box/nobody@pasts.example", "/box/x/r1", "/nowhere", "/box/a/r1/file/0"] {
        let lost = demo.get(path).await;
        assert_eq!(lost.status(), StatusCode::NOT_FOUND, "{path}");
        assert!(body(lost).await.contains("<h1>Tādas pastkastes"), "{path}");
    }
    let put = demo.client.request(Method::PUT, demo.postbox("/write")).send().await.unwrap();
    assert_eq!(put.status(), StatusCode::METHOD_NOT_ALLOWED);
}
