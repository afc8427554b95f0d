//! A private Dovecot: IMAP, IMAPS, LMTP, and SASL for a Postfix. Every user exists, with the password [`PASSWORD`].

use std::{path::PathBuf, process::Command, time::Duration};

use async_imap::{Client, Session};
use futures_util::TryStreamExt as _;
use tokio::net::TcpStream;
use zinas::{
    config::{SecretText, Security},
    inbound::imap::ImapConfig,
};

use super::{
    certificate::{self, Certificate},
    folder::Folder,
    ports,
    program::{self, Afterwards},
};

pub const PASSWORD: &str = "pw";

pub struct Dovecot {
    pub imap: u16,
    pub imaps: u16,
    pub lmtp: u16,
    pub sasl: u16,
    pub certificate: Certificate,
    program: PathBuf,
    config: PathBuf,
    // In this order: the server stops before its folder goes.
    _afterwards: Afterwards,
    folder: Folder,
}

impl Dovecot {
    /// `None`, and a line on the terminal, where Dovecot is not installed.
    pub fn start() -> Option<Self> {
        Self::start_with("")
    }

    /// With further lines of configuration.
    pub fn start_with(further: &str) -> Option<Self> {
        let (Some(program), Some(_)) = (program::find("dovecot"), program::find("openssl")) else {
            program::skip("Dovecot or openssl is not installed");
            return None;
        };
        let mut last = String::new();
        // Another program may take a port between our look and the start.
        for _ in 0..3 {
            match Self::try_start(program.clone(), further) {
                Ok(started) => return Some(started),
                Err(why) => last = why,
            }
        }
        panic!("Dovecot does not start: {last}");
    }

    fn try_start(program: PathBuf, further: &str) -> Result<Self, String> {
        let folder = Folder::new("dovecot");
        folder.open_to_all();
        let certificate = certificate::make(folder.path());
        let (imap, imaps, lmtp, sasl) = (ports::free(), ports::free(), ports::free(), ports::free());
        let config = folder.path().join("dovecot.conf");
        let user = if program::is_root() { "nobody".to_owned() } else { program::user_name() };
        let group = program::run(Command::new("id").args(["-gn", &user])).trim().to_owned();
        for name in ["run", "mail"] {
            std::fs::create_dir(folder.path().join(name)).map_err(|error| error.to_string())?;
        }
        let text = settings(&Names {
            version: program::run(Command::new(&program).arg("--version")),
            folder: folder.path().display().to_string(),
            user: user.clone(),
            group,
            ports: [imap, imaps, lmtp, sasl],
        });
        std::fs::write(&config, text + further + "\n").map_err(|error| error.to_string())?;
        program::run(Command::new("chown").arg("-R").arg(&user).arg(folder.path()));
        // At once: asked politely, it takes two seconds.
        let path = folder.path().display();
        let afterwards =
            Afterwards::run(&format!("kill -KILL -- -$(cat {path}/run/master.pid); rm -rf {path}"));
        let dovecot =
            Self { imap, imaps, lmtp, sasl, certificate, program, config, _afterwards: afterwards, folder };
        dovecot.go()?;
        Ok(dovecot)
    }

    fn go(&self) -> Result<(), String> {
        program::try_run(Command::new(&self.program).arg("-c").arg(&self.config))?;
        for port in [self.imap, self.imaps, self.lmtp, self.sasl] {
            let log = || std::fs::read_to_string(self.folder.path().join("log")).unwrap_or_default();
            program::wait_for_port(port).map_err(|why| format!("{why}: {}", log()))?;
        }
        Ok(())
    }

    /// Stops the server as its administrator would; connections are told goodbye.
    pub fn stop(&self) {
        program::run(Command::new(&self.program).arg("-c").arg(&self.config).arg("stop"));
        while std::net::TcpStream::connect(("127.0.0.1", self.imap)).is_ok() {
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Starts it again with the mail it had.
    pub fn start_again(&self) {
        self.go().unwrap_or_else(|why| panic!("{why}"));
    }

    /// Forgets the UIDs of an account while the server is stopped, as happens when a host moves it to another machine.
    pub fn forget_uids(&self, user: &str) {
        for entry in std::fs::read_dir(self.folder.path().join("mail").join(user)).unwrap() {
            let file = entry.unwrap().path();
            let name = file.file_name().unwrap().to_string_lossy().into_owned();
            if name.starts_with("dovecot") {
                std::fs::remove_file(file).unwrap();
            }
        }
    }

    /// Our own client's settings for this server, over TLS.
    pub fn imap_config(&self, user: &str) -> ImapConfig {
        ImapConfig {
            host: "localhost".to_owned(),
            port: self.imaps,
            security: Security::Tls,
            user: user.to_owned(),
            password: SecretText::new(PASSWORD.to_owned()),
            mailbox: "INBOX".to_owned(),
            processed: Some("Processed".to_owned()),
            since: None,
            ca_file: Some(self.certificate.certificate.clone()),
            poll: Duration::from_secs(1),
        }
    }

    /// A mail program of somebody else, as a test's eyes and hands in the account.
    pub async fn client(&self, user: &str) -> Mailboxes {
        let stream = TcpStream::connect(("127.0.0.1", self.imap)).await.unwrap();
        stream.set_nodelay(true).unwrap();
        let mut client = Client::new(stream);
        client.read_response().await.unwrap();
        Mailboxes(client.login(user, PASSWORD).await.map_err(|(error, _)| error).unwrap())
    }
}

pub struct Mailboxes(pub Session<TcpStream>);

impl Mailboxes {
    /// A mail arrives. `flags` like `(\Seen)`.
    pub async fn append(&mut self, mailbox: &str, flags: Option<&str>, mail: impl AsRef<[u8]>) {
        self.0.append(mailbox, flags, None, mail).await.unwrap();
    }

    /// The bytes of every mail in a mailbox, oldest first; none when there is no such mailbox.
    pub async fn mails(&mut self, mailbox: &str) -> Vec<Vec<u8>> {
        match self.0.examine(mailbox).await {
            Ok(opened) if opened.exists > 0 => {}
            _ => return Vec::new(),
        }
        let fetched: Vec<_> =
            self.0.uid_fetch("1:*", "(UID BODY.PEEK[])").await.unwrap().try_collect().await.unwrap();
        fetched.iter().map(|mail| mail.body().unwrap().to_vec()).collect()
    }
}

struct Names {
    version: String,
    folder: String,
    user: String,
    group: String,
    ports: [u16; 4],
}

/// Every setting and every brace stands on its own line, as Dovecot wants it.
fn settings(names: &Names) -> String {
    let Names { version, folder, user, group, ports: [imap, imaps, lmtp, sasl] } = names;
    // 2.4 renamed what tells about mail, users and TLS.
    let of_version = if version.starts_with("2.3.") {
        format!(
            "ssl_cert = <{folder}/cert.pem
ssl_key = <{folder}/key.pem
disable_plaintext_auth = no
mail_location = maildir:{folder}/mail/%u
passdb {{
  driver = static
  args = password={PASSWORD}
}}
userdb {{
  driver = static
  args = home={folder}/mail/%u
}}"
        )
    } else {
        format!(
            "ssl_server_cert_file = {folder}/cert.pem
ssl_server_key_file = {folder}/key.pem
auth_allow_cleartext = yes
mail_driver = maildir
mail_home = {folder}/mail/%{{user}}
mail_path = {folder}/mail/%{{user}}
passdb static {{
  password = {PASSWORD}
}}
userdb static {{
}}"
        )
    };
    let head = if version.starts_with("2.3.") {
        String::new()
    } else {
        let version = version.split([' ', '-']).next().unwrap_or("2.4.0").trim();
        format!("dovecot_config_version = {version}\ndovecot_storage_version = {version}\n")
    };
    format!(
        "{head}base_dir = {folder}/run
state_dir = {folder}/run
log_path = {folder}/log
protocols = imap lmtp
listen = 127.0.0.1
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 0
mail_uid = {user}
mail_gid = {group}
mail_max_userip_connections = 50
ssl = yes
{of_version}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
    ssl = yes
  }}
}}
service lmtp {{
  user = {user}
  inet_listener lmtp {{
    port = {lmtp}
  }}
}}
service auth {{
  inet_listener auth {{
    port = {sasl}
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
namespace inbox {{
  inbox = yes
  separator = /
}}
"
    )
}
