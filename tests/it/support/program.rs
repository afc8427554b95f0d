//! Programs of the system that the stories use: found, run, and stopped whatever becomes of the test.

use std::{
    io::Write as _,
    net::TcpStream,
    os::unix::process::CommandExt as _,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread::sleep,
    time::{Duration, Instant},
};

const READY_MAX: Duration = Duration::from_secs(30);

/// Where a program is, looking also where servers are kept.
pub fn find(name: &str) -> Option<PathBuf> {
    let path = std::env::var("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    folders.extend(["/usr/sbin", "/sbin", "/usr/local/sbin"].map(PathBuf::from));
    folders.into_iter().map(|folder| folder.join(name)).find(|file| file.is_file())
}

/// Says on the terminal that a test needs what is not here. `tests/all` installs everything and counts these lines;
/// with `ZINAS_TEST_REQUIRE_SERVERS` a test that cannot run has failed.
pub fn skip(why: &str) {
    assert!(
        std::env::var_os("ZINAS_TEST_REQUIRE_SERVERS").is_none(),
        "{why}, and ZINAS_TEST_REQUIRE_SERVERS asks for it"
    );
    // Not `println!`, whose words are kept back when a test passes.
    writeln!(std::io::stdout(), "skipped: {why}").expect("the terminal can be written to");
}

pub fn is_root() -> bool {
    run(Command::new("id").arg("-u")).trim() == "0"
}

pub fn user_name() -> String {
    run(Command::new("id").arg("-un")).trim().to_owned()
}

/// The program with the rights of root, by sudo where we are not.
pub fn as_root(program: &Path) -> Command {
    if is_root() {
        return Command::new(program);
    }
    let mut command = Command::new("sudo");
    command.arg("-n").arg(program);
    command
}

/// The program with the rights of `user`, which root gives up for it.
pub fn as_user(user: &str, program: &Path) -> Command {
    if !is_root() {
        return Command::new(program);
    }
    let mut command = Command::new("runuser");
    command.arg("-u").arg(user).arg("--").arg(program);
    command
}

/// Runs to the end and gives what was printed.
pub fn run(command: &mut Command) -> String {
    try_run(command).unwrap_or_else(|why| panic!("{why}"))
}

pub fn try_run(command: &mut Command) -> Result<String, String> {
    // A file and not a pipe: a server started by the command would keep the pipe open.
    let mut said = tempfile::tempfile().map_err(|error| error.to_string())?;
    let output = said.try_clone().map_err(|error| error.to_string())?;
    let errors = said.try_clone().map_err(|error| error.to_string())?;
    let status = command
        .stdin(Stdio::null())
        .stdout(output)
        .stderr(errors)
        .current_dir("/")
        .status()
        .map_err(|error| format!("{command:?}: {error}"))?;
    let mut text = String::new();
    std::io::Seek::rewind(&mut said).map_err(|error| error.to_string())?;
    std::io::Read::read_to_string(&mut said, &mut text).map_err(|error| error.to_string())?;
    if status.success() { Ok(text) } else { Err(format!("{command:?}: {status}: {text}")) }
}

/// Waits until somebody answers at the port.
pub fn wait_for_port(port: u16) -> Result<(), String> {
    let until = Instant::now() + READY_MAX;
    while Instant::now() < until {
        if TcpStream::connect(("127.0.0.1", port)).is_ok() {
            return Ok(());
        }
        sleep(Duration::from_millis(10));
    }
    Err(format!("nobody answers at port {port}"))
}

/// Runs a shell script when it is dropped, and also when the test program dies of anything: the script waits for the
/// end of a pipe that only we hold.
pub struct Afterwards(Child);

impl Afterwards {
    pub fn run(script: &str) -> Self {
        let child = Command::new("bash")
            .arg("-c")
            .arg(format!("cat >/dev/null; cd /; {script}"))
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            // Out of reach of the interrupt key, which would end it before its work.
            .process_group(0)
            .spawn()
            .expect("there is bash, whose kill knows process groups, unlike that of dash");
        Self(child)
    }
}

impl Drop for Afterwards {
    fn drop(&mut self) {
        drop(self.0.stdin.take());
        self.0.wait().expect("the script ends");
    }
}
