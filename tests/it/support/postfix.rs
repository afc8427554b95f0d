//! A private Postfix: SMTP with STARTTLS and AUTH, the same with TLS from the first octet, handing over by LMTP.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use super::{
    certificate::{self, Certificate},
    folder::Folder,
    ports,
    program::{self, Afterwards},
};

/// Where mail for one domain goes.
pub struct Route<'a> {
    pub domain: &'a str,
    /// `lmtp:inet:127.0.0.1:PORT`, `smtp:[127.0.0.1]:PORT` or `lmtp:unix:/PATH`.
    pub to: String,
}

pub struct Postfix {
    /// SMTP with STARTTLS and AUTH. From this machine it relays without AUTH too.
    pub smtp: u16,
    /// The same, but AUTH is required and so is STARTTLS before it.
    pub submission: u16,
    /// TLS from the first octet, AUTH required.
    pub submissions: u16,
    pub certificate: Certificate,
    _afterwards: Afterwards,
    folder: Folder,
}

impl Postfix {
    /// `sasl` is the port of [`super::dovecot::Dovecot::sasl`], which checks names and passwords. `None`, and a line on
    /// the terminal, where Postfix is not installed or may not be started: it needs root, or sudo without a password.
    pub fn start(sasl: u16, routes: &[Route<'_>]) -> Option<Self> {
        Self::start_with(sasl, routes, "")
    }

    /// With further lines of configuration.
    pub fn start_with(sasl: u16, routes: &[Route<'_>], further: &str) -> Option<Self> {
        let (Some(program), Some(_)) = (program::find("postfix"), program::find("openssl")) else {
            program::skip("Postfix or openssl is not installed");
            return None;
        };
        if program::try_run(program::as_root(Path::new("/bin/true")).arg("")).is_err() {
            program::skip("Postfix needs root or sudo");
            return None;
        }
        let mut last = String::new();
        for _ in 0..3 {
            match Self::try_start(&program, sasl, routes, further) {
                Ok(started) => return Some(started),
                Err(why) => last = why,
            }
        }
        panic!("Postfix does not start: {last}");
    }

    fn try_start(program: &Path, sasl: u16, routes: &[Route<'_>], further: &str) -> Result<Self, String> {
        let folder = Folder::new("postfix");
        folder.open_to_all();
        let path = folder.path();
        let certificate = certificate::make(path);
        let (smtp, submission, submissions) = (ports::free(), ports::free(), ports::free());
        for name in ["etc", "queue", "lib"] {
            std::fs::create_dir(path.join(name)).map_err(|error| error.to_string())?;
        }
        let etc = path.join("etc");
        let main = main_cf(&path.display().to_string(), sasl, routes) + further + "\n";
        std::fs::write(etc.join("main.cf"), main).map_err(|error| error.to_string())?;
        let master = master_cf(smtp, submission, submissions);
        std::fs::write(etc.join("master.cf"), master).map_err(|error| error.to_string())?;
        let root = |program: &str| program::as_root(Path::new(program));
        program::try_run(root("/bin/chown").arg("-R").arg("root").arg(path))?;
        program::try_run(root("/bin/chown").arg("postfix").arg(path.join("lib")))?;
        let sudo = if program::is_root() { "" } else { "sudo -n " };
        let whole = path.display();
        let afterwards = Afterwards::run(&format!(
            "{sudo}bash -c 'kill -KILL -- -$(tr -d \" \" < {whole}/queue/pid/master.pid); rm -rf {whole}'"
        ));
        let postfix = Self { smtp, submission, submissions, certificate, _afterwards: afterwards, folder };
        program::try_run(program::as_root(program).arg("-c").arg(&etc).arg("start"))
            .map_err(|why| format!("{why}: {}", postfix.log()))?;
        for port in [smtp, submission, submissions] {
            program::wait_for_port(port).map_err(|why| format!("{why}: {}", postfix.log()))?;
        }
        Ok(postfix)
    }

    /// What Postfix wrote about its mail so far.
    pub fn log(&self) -> String {
        let file = self.folder.path().join("log");
        program::try_run(program::as_root(Path::new("/bin/cat")).arg(file)).unwrap_or_else(|why| why)
    }

    /// Tries again at once what could not be delivered.
    pub fn flush(&self) {
        let program = program::find("postqueue").unwrap_or_else(|| PathBuf::from("postqueue"));
        program::run(program::as_root(&program).arg("-c").arg(self.folder.path().join("etc")).arg("-f"));
    }
}

fn main_cf(folder: &str, sasl: u16, routes: &[Route<'_>]) -> String {
    let domains: Vec<&str> = routes.iter().map(|route| route.domain).collect();
    let transports: Vec<String> =
        routes.iter().map(|route| format!("{{ {} = {} }}", route.domain, route.to)).collect();
    // Debian keeps the parts of Postfix here; `postconf` knows where else.
    let daemons = program::try_run(Command::new("postconf").args(["-dh", "daemon_directory"]))
        .map_or_else(|_| "/usr/lib/postfix/sbin".to_owned(), |said| said.trim().to_owned());
    format!(
        "compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/lib
command_directory = /usr/sbin
daemon_directory = {daemons}
mail_owner = postfix
setgid_group = postdrop
inet_interfaces = loopback-only
inet_protocols = ipv4
myhostname = relay.example
mydestination =
mynetworks = 127.0.0.0/8
alias_maps =
alias_database =
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
smtpd_tls_cert_file = {folder}/cert.pem
smtpd_tls_key_file = {folder}/key.pem
smtpd_tls_security_level = may
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:127.0.0.1:{sasl}
smtpd_relay_restrictions = permit_mynetworks, permit_sasl_authenticated, reject
relay_domains = {}
transport_maps = inline:{{ {} }}
smtp_dns_support_level = disabled
smtputf8_enable = yes
message_size_limit = 0
mailbox_size_limit = 0
minimal_backoff_time = 1s
queue_run_delay = 1s
",
        domains.join(", "),
        transports.join(", "),
    )
}

/// Debian's own, with nothing in a chroot.
fn master_cf(smtp: u16, submission: u16, submissions: u16) -> String {
    let signed_in = "-o smtpd_client_restrictions=permit_sasl_authenticated,reject";
    format!(
        "127.0.0.1:{smtp} inet n - n - - smtpd
127.0.0.1:{submission} inet n - n - - smtpd -o smtpd_tls_security_level=encrypt {signed_in}
127.0.0.1:{submissions} inet n - n - - smtpd -o smtpd_tls_wrappermode=yes {signed_in}
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
lmtp unix - - n - - lmtp
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
local unix - n n - - local
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"
    )
}
