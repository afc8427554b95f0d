//! A private PostgreSQL under an ordinary user: one for the whole test program, a fresh database for each test.

use std::{
    path::{Path, PathBuf},
    process::Command,
    sync::{
        OnceLock,
        atomic::{AtomicUsize, Ordering},
    },
};

use super::{
    folder::Folder,
    ports,
    program::{self, Afterwards},
};

/// Debian's user for it. As anybody but root we are that user ourselves.
const USER: &str = "postgres";

struct Cluster {
    programs: PathBuf,
    port: u16,
    // Stopped when this program ends, however it ends: nobody drops a static.
    _afterwards: Afterwards,
    _folder: Folder,
}

/// The address of an empty database of a test's own: `postgres://zinas@127.0.0.1:PORT/NAME`. `None`, and a line on the
/// terminal, where PostgreSQL is not installed.
pub fn fresh_database() -> Option<String> {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    let cluster = cluster()?;
    let name = format!("story_{}", NEXT.fetch_add(1, Ordering::Relaxed));
    let (port, psql) = (cluster.port, cluster.programs.join("psql"));
    program::run(
        Command::new(psql)
            .args(["-X", "-q", "-h", "127.0.0.1", "-U", "zinas", "-d", "postgres", "-p"])
            .arg(port.to_string())
            .args(["-c", &format!("create database {name}")]),
    );
    Some(format!("postgres://zinas@127.0.0.1:{port}/{name}"))
}

fn cluster() -> Option<&'static Cluster> {
    static CLUSTER: OnceLock<Option<Cluster>> = OnceLock::new();
    let cluster = CLUSTER.get_or_init(|| {
        let programs = programs()?;
        let mut last = String::new();
        for _ in 0..3 {
            match start(&programs) {
                Ok(started) => return Some(started),
                Err(why) => last = why,
            }
        }
        panic!("PostgreSQL does not start: {last}");
    });
    if cluster.is_none() {
        program::skip("PostgreSQL is not installed");
    }
    cluster.as_ref()
}

/// The newest version: `/usr/lib/postgresql/15/bin` on Debian, elsewhere on the path.
fn programs() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let newest = versions
        .filter_map(|entry| {
            Some((entry.file_name().to_str()?.parse::<u32>().ok()?, entry.path().join("bin")))
        })
        .filter(|(_, folder)| folder.join("initdb").is_file())
        .max();
    match newest {
        Some((_, folder)) => Some(folder),
        None => program::find("initdb")?.parent().map(Path::to_owned),
    }
}

fn start(programs: &Path) -> Result<Cluster, String> {
    let folder = Folder::new("postgres");
    folder.open_to_all();
    let (path, port) = (folder.path().to_owned(), ports::free());
    if program::is_root() {
        program::try_run(Command::new("chown").arg(USER).arg(&path))?;
    }
    let data = path.join("data");
    program::try_run(program::as_user(USER, &programs.join("initdb")).arg("-D").arg(&data).args([
        "-U",
        "zinas",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
        "--no-sync",
    ]))?;
    let pg_ctl = programs.join("pg_ctl");
    let as_user = if program::is_root() { format!("runuser -u {USER} -- ") } else { String::new() };
    let afterwards = Afterwards::run(&format!(
        "{as_user}{} -D {} -m immediate stop; rm -rf {}",
        pg_ctl.display(),
        data.display(),
        path.display()
    ));
    // Nothing here has to survive a power cut, and the stories are many.
    let options = format!(
        "-p {port} -k {} -c listen_addresses=127.0.0.1 -c fsync=off -c synchronous_commit=off -c full_page_writes=off \
         -c max_connections=300 -c shared_buffers=64MB",
        path.display()
    );
    program::try_run(
        program::as_user(USER, &pg_ctl)
            .arg("-D")
            .arg(&data)
            .args(["-w", "-o", &options, "-l"])
            .arg(path.join("log"))
            .arg("start"),
    )?;
    Ok(Cluster { programs: programs.to_owned(), port, _afterwards: afterwards, _folder: folder })
}
