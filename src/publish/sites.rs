//! Web sites of other people, on loopback, for the tests of this folder.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use issues::{Found, Unchecked, WebLink};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use super::links::{Limits, LinkChecker};

const LIMITS: Limits = Limits {
    links: 50,
    links_per_site: 20,
    redirects: 3,
    connect: Duration::from_secs(5),
    answer: Duration::from_secs(5),
    all: Duration::from_secs(30),
};

/// A site that notes what it is asked.
struct Site {
    address: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Site {
    /// `answer` gives the answer to “HEAD /path”, or `None` for silence. `{site}` in it is the address of the site.
    async fn open(answer: impl Fn(&str) -> Option<String> + Send + Sync + 'static) -> Self {
        Self::open_with(None, answer).await
    }

    async fn open_with(
        tls: Option<TlsAcceptor>,
        answer: impl Fn(&str) -> Option<String> + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (answer, noted) = (Arc::new(answer), asked.clone());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (answer, noted, tls) = (answer.clone(), noted.clone(), tls.clone());
                tokio::spawn(async move {
                    match tls {
                        None => converse(stream, &*answer, &noted).await,
                        Some(tls) => match tls.accept(stream).await {
                            Ok(stream) => converse(stream, &*answer, &noted).await,
                            Err(_) => noted.lock().unwrap().push("no handshake".into()),
                        },
                    }
                });
            }
        });
        Self { address, asked }
    }

    fn link(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

/// One request, one answer, and goodbye.
async fn converse(
    mut stream: impl AsyncRead + AsyncWrite + Unpin,
    answer: &(dyn Fn(&str) -> Option<String> + Send + Sync),
    noted: &Mutex<Vec<String>>,
) {
    let mut request = Vec::new();
    while !request.ends_with(b"\r\n\r\n") {
        match stream.read_u8().await {
            Ok(octet) => request.push(octet),
            Err(_) => return,
        }
    }
    let request = String::from_utf8_lossy(&request).into_owned();
    let asked = request.split(" HTTP/").next().unwrap().to_owned();
    noted.lock().unwrap().push(match request.to_lowercase().contains("authorization:") {
        true => format!("{asked} with a password"),
        false => asked.clone(),
    });
    match answer(&asked) {
        Some(answer) => {
            let _ = stream.write_all(answer.as_bytes()).await;
            let _ = stream.shutdown().await;
        }
        None => std::future::pending().await,
    }
}

fn status(line: &str) -> Option<String> {
    Some(format!("HTTP/1.1 {line}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"))
}

fn redirect(to: &str) -> Option<String> {
    Some(format!("HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"))
}

async fn look(checker: &LinkChecker, links: &[&str]) -> Vec<Found> {
    let links: Vec<WebLink> = links.iter().map(|link| WebLink::parse(link).unwrap()).collect();
    // As a task of its own, which is how the daemon does it.
    let checker = checker.clone();
    let findings = tokio::spawn(async move { checker.check(&links).await }).await.unwrap();
    findings.into_iter().map(|finding| finding.found).collect()
}

fn reaching(sites: &[&Site]) -> LinkChecker {
    let also: Vec<SocketAddr> = sites.iter().map(|site| site.address).collect();
    LinkChecker::build(&also, LIMITS).unwrap()
}

#[tokio::test]
async fn what_a_site_answers_is_said() {
    let site = Site::open(|asked| match asked {
        "HEAD /page" => status("200 OK"),
        "HEAD /gone" | "GET /gone" => status("410 Gone"),
        "HEAD /lost" | "GET /lost" => status("404 Not Found"),
        "HEAD /members" | "GET /members" => status("403 Forbidden"),
        "HEAD /broken" | "GET /broken" => status("500 Internal Server Error"),
        "HEAD /old" => redirect("/page"),
        "HEAD /mail" => redirect("mailto:someone@ugale.example"),
        "HEAD /nowhere" => status("302 Found"),
        "HEAD /noise" | "GET /noise" => Some("this is not HTTP\r\n\r\n".into()),
        other => panic!("{other}"),
    })
    .await;
    let links = [
        "/page",
        "/gone",
        "/lost",
        "/members",
        "/broken",
        "/old",
        "/mail",
        "/nowhere",
        "/noise",
        "/page#top",
    ]
    .map(|path| site.link(path));
    let found = look(&reaching(&[&site]), &links.each_ref().map(String::as_str)).await;
    assert_eq!(
        found,
        [
            Found::Page,
            Found::Missing { status: 410 },
            Found::Missing { status: 404 },
            Found::Refused { status: 403 },
            Found::Trouble { status: 500 },
            Found::Page,
            Found::Nonsense,
            Found::Nonsense,
            Found::Nonsense,
            Found::Page,
        ]
    );
    let page = site.asked().iter().filter(|asked| asked.as_str() == "HEAD /page").count();
    assert_eq!(page, 2, "once for its two links, once for the redirect");
}

#[tokio::test]
async fn a_site_that_dislikes_head_is_asked_by_get_and_not_read() {
    let site = Site::open(|asked| match asked {
        "HEAD /refuses" => status("405 Method Not Allowed"),
        "HEAD /hangs-up" => Some(String::new()),
        // An endless page: its head is enough.
        "GET /refuses" | "GET /hangs-up" => {
            Some("HTTP/1.1 200 OK\r\nContent-Length: 9000000000\r\n\r\n<p>".into())
        }
        other => panic!("{other}"),
    })
    .await;
    let found = look(&reaching(&[&site]), &[&site.link("/refuses"), &site.link("/hangs-up")]).await;
    assert_eq!(found, [Found::Page, Found::Page]);
}

#[tokio::test]
async fn links_to_mailboxes_are_passed_over_and_passwords_stay_here() {
    let site = Site::open(|_| status("200 OK")).await;
    let with_password = format!("http://user:secret@{}/", site.address);
    let found = look(&reaching(&[&site]), &["mailto:info@selija.example", &with_password]).await;
    assert_eq!((found, site.asked()), (vec![Found::Page], vec!["HEAD /".to_owned()]));
}

#[tokio::test]
async fn private_servers_are_never_asked() {
    let site = Site::open(|_| status("200 OK")).await;
    let checker = LinkChecker::build(&[], LIMITS).unwrap();
    let port = site.address.port();
    let found = look(
        &checker,
        &[
            &site.link("/"),
            &format!("http://[::ffff:127.0.0.1]:{port}/"),
            &format!("http://2130706433:{port}/"),
            "http://localhost/",
            "https://localhost/",
            &format!("http://localhost:{port}/"),
        ],
    )
    .await;
    let private = Found::NotChecked(Unchecked::Private);
    assert_eq!(found[..5], [(); 5].map(|()| private.clone()));
    assert_eq!(found[5], Found::NotChecked(Unchecked::OtherPort));
    assert_eq!(site.asked(), [""; 0]);
}

#[tokio::test]
async fn a_redirect_is_no_way_into_the_network() {
    let inside = Site::open(|_| status("200 OK")).await;
    let port = inside.address.port();
    let site = Site::open(move |asked| match asked {
        "HEAD /address" => redirect(&format!("http://127.0.0.1:{port}/")),
        "HEAD /mapped" => redirect(&format!("http://[::ffff:127.0.0.1]:{port}/")),
        "HEAD /cloud" => redirect("http://169.254.169.254/latest/meta-data"),
        "HEAD /port" => redirect(&format!("http://localhost:{port}/")),
        "HEAD /twice" => redirect("/address"),
        other => panic!("{other}"),
    })
    .await;
    let links = ["/address", "/mapped", "/cloud", "/twice", "/port"].map(|path| site.link(path));
    let found = look(&reaching(&[&site]), &links.each_ref().map(String::as_str)).await;
    let private = Found::NotChecked(Unchecked::Private);
    assert_eq!(found[..4], [(); 4].map(|()| private.clone()));
    assert_eq!(found[4], Found::NotChecked(Unchecked::OtherPort));
    assert_eq!(inside.asked(), [""; 0]);
}

#[tokio::test]
async fn a_page_that_moved_to_another_site_is_named() {
    let new = Site::open(|_| status("200 OK")).await;
    let to = format!("http://localhost:{}/new", new.address.port());
    let location = to.clone();
    let old = Site::open(move |_| redirect(&location)).await;
    let found = look(&reaching(&[&old, &new]), &[&old.link("/")]).await;
    assert_eq!(found, [Found::Elsewhere { at: WebLink::parse(&to).unwrap() }]);
}

#[tokio::test]
async fn redirects_without_end_are_not_followed_without_end() {
    let site = Site::open(|_| redirect("/again")).await;
    assert_eq!(look(&reaching(&[&site]), &[&site.link("/")]).await, [Found::TooManyRedirects]);
    assert_eq!(site.asked().len(), 1 + LIMITS.redirects);
}

#[tokio::test]
async fn a_silent_site_is_waited_for_once() {
    let silent = Site::open(|_| None).await;
    let lively = Site::open(|_| status("200 OK")).await;
    let also = [silent.address, lively.address];
    let limits = Limits { answer: Duration::from_millis(300), ..LIMITS };
    let checker = LinkChecker::build(&also, limits).unwrap();
    let found =
        look(&checker, &[&silent.link("/1"), &lively.link("/"), &silent.link("/2"), &silent.link("/3")])
            .await;
    assert_eq!(found, [Found::TimedOut, Found::Page, Found::TimedOut, Found::TimedOut]);
    assert_eq!(silent.asked().len(), 1);
}

#[tokio::test]
async fn checking_ends_in_time_and_says_what_it_did_not_reach() {
    let silent = Site::open(|_| None).await;
    let limits = Limits { all: Duration::from_millis(300), ..LIMITS };
    let checker = LinkChecker::build(&[silent.address], limits).unwrap();
    assert_eq!(look(&checker, &[&silent.link("/")]).await, [Found::NotChecked(Unchecked::OutOfTime)]);
}

#[tokio::test]
async fn more_links_than_the_limit_are_not_looked_at() {
    let (one, other) = (Site::open(|_| status("200 OK")).await, Site::open(|_| status("200 OK")).await);
    let limits = Limits { links: 3, links_per_site: 2, ..LIMITS };
    let checker = LinkChecker::build(&[one.address, other.address], limits).unwrap();
    let links =
        [one.link("/1"), one.link("/2"), one.link("/3"), one.link("/1"), other.link("/1"), other.link("/2")];
    let found = look(&checker, &links.each_ref().map(String::as_str)).await;
    let too_many = Found::NotChecked(Unchecked::TooMany);
    assert_eq!(found, [Found::Page, Found::Page, too_many.clone(), Found::Page, Found::Page, too_many]);
    assert_eq!((one.asked().len(), other.asked().len()), (2, 1));
}

#[tokio::test]
async fn names_and_connections_that_are_not_there_are_told_apart() {
    // A label longer than a name may have: no resolver needs to ask anybody.
    let unknown = format!("http://{}.example/", "a".repeat(64));
    let closed = {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        listener.local_addr().unwrap()
    };
    let checker = LinkChecker::build(&[closed], LIMITS).unwrap();
    let found = look(&checker, &[&unknown, &format!("http://{closed}/")]).await;
    assert_eq!(found, [Found::NameNotFound, Found::NoConnection]);
}

#[tokio::test]
async fn a_site_that_cannot_prove_its_name_is_said_to() {
    let _ = rustls::crypto::ring::default_provider().install_default();
    // A certificate of its own making, with the key to it: they vouch for nothing anywhere.
    let certificate = CertificateDer::from_pem_slice(include_bytes!("fixtures/self-signed.pem")).unwrap();
    let key = PrivateKeyDer::from_pem_slice(include_bytes!("fixtures/self-signed-key.pem")).unwrap();
    let tls = rustls::ServerConfig::builder().with_no_client_auth().with_single_cert(vec![certificate], key);
    let acceptor = TlsAcceptor::from(Arc::new(tls.unwrap()));
    let site = Site::open_with(Some(acceptor), |_| status("200 OK")).await;
    let link = format!("https://{}/", site.address);
    assert_eq!(look(&reaching(&[&site]), &[&link]).await, [Found::Certificate]);
}
