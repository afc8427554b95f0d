//! Who takes mails from the outbox: a new worker at every start, from a home that is the same at every start here.

use data_encoding::HEXLOWER;
use issues::delivery::WorkerId;
use sha2::{Digest as _, Sha256};

use crate::app::App;
use crate::clock::{random_id, random_octets};
use crate::store::Holder;

/// Linux draws it anew at each start of the machine.
const BOOT: &str = "/proc/sys/kernel/random/boot_id";
const HOST: &str = "/proc/sys/kernel/hostname";

/// # Errors
/// The database fails.
pub(super) async fn holder(app: &App) -> anyhow::Result<Holder> {
    Ok(Holder { worker: WorkerId(random_id()), home: home(app), life: life(app).await? })
}

/// See [`crate::store::Write::life`]; asked again whenever rows were left behind, since the database may have gone
/// down under us.
///
/// # Errors
/// The database fails.
pub(super) async fn life(app: &App) -> anyhow::Result<String> {
    let mut write = app.store.write().await?;
    let life = write.life(&read(BOOT), &HEXLOWER.encode(&random_octets::<16>())).await?;
    write.commit().await?;
    Ok(life)
}

/// The data folder of this machine: its lock lets one daemon run there at a time.
fn home(app: &App) -> String {
    // A folder that cannot be resolved has its own name.
    let folder = app.config.data.canonicalize().unwrap_or_else(|_| app.config.data.clone());
    let mut hash = Sha256::new();
    hash.update(read(HOST).as_bytes());
    hash.update([0]);
    hash.update(folder.as_os_str().as_encoded_bytes());
    HEXLOWER.encode(&hash.finalize()[..16])
}

/// Empty where the system has no such file: then nothing is taken for the same machine's life.
fn read(path: &str) -> String {
    std::fs::read_to_string(path).map(|text| text.trim().to_owned()).unwrap_or_default()
}
