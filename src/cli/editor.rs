//! `zinas editor`: who is told about new items and may decide.

use clap::Subcommand;
use serde::Serialize;
use subscribers::{EmailAddress, Language};

use super::answer::{Failure, Outcome, json};
use super::start::Global;
use super::table::Table;
use super::text::Moment;
use crate::newsroom::sign_in;
use crate::store::Editor;

#[derive(Subcommand)]
pub enum Command {
    /// Adds an editor, or gives a known one this name and language
    Add {
        address: EmailAddress,
        #[arg(long, default_value = "")]
        name: String,
        /// lv or en [default: the bulletin's own]
        #[arg(long, value_parser = super::subscriber::language)]
        language: Option<Language>,
    },
    /// Takes an editor off: no more notices, and the links in old ones open nothing
    Remove { address: EmailAddress },
    /// Prints a link that signs an editor in, once and within 15 minutes: for the first editor, and where no mail leaves
    Link { address: EmailAddress },
    /// Lists the editors
    List,
}

#[derive(Serialize)]
struct View<'a> {
    id: i64,
    address: &'a str,
    name: &'a str,
    language: &'static str,
}

fn view(editor: &Editor) -> View<'_> {
    View {
        id: editor.id,
        address: editor.address.as_str(),
        name: &editor.name,
        language: editor.language.code(),
    }
}

pub async fn run(command: Command, global: &Global) -> Outcome {
    let app = global.app().await?;
    let kept = match command {
        Command::Add { address, name, language } => {
            let language = language.unwrap_or(app.config.publication.language);
            let mut write = app.store.write().await?;
            let id =
                write.keep_editor(app.publication, &address, name.trim(), language, app.clock.now()).await?;
            write.commit().await?;
            Some(id)
        }
        Command::Remove { address } => {
            // The daemon would bring a configured one back at its next start.
            if app.config.editors.iter().any(|editor| editor.address == address) {
                return Err(Failure::no(
                    "this editor stands in the configuration; take that entry out first",
                ));
            }
            let mut write = app.store.write().await?;
            if !write.remove_editor(app.publication, &address).await? {
                return Err(Failure::no(
                    "there is no such editor; `zinas editor list` shows those there are",
                ));
            }
            write.commit().await?;
            None
        }
        Command::Link { address } => {
            let editors = app.store.editors(app.publication).await?;
            let Some(editor) = editors.iter().find(|editor| editor.address.key() == address.key()) else {
                return Err(Failure::no(
                    "there is no such editor; `zinas editor add` makes one, `zinas editor list` shows those there are",
                ));
            };
            let mut write = app.store.write().await?;
            let link = sign_in::link(&app, &mut write, editor).await?;
            write.commit().await?;
            if global.json {
                return json(&serde_json::json!({ "url": link.url, "ends_at": Moment(link.ends_at) }));
            }
            return Ok(format!("{}\n", link.url).into_bytes());
        }
        Command::List => None,
    };
    let editors = app.store.editors(app.publication).await?;
    if let (Some(id), true) = (kept, global.json) {
        return json(&editors.iter().find(|editor| editor.id == id).map(view));
    }
    if global.json {
        return json(&editors.iter().map(view).collect::<Vec<_>>());
    }
    let mut table = Table::new(["id", "address", "name", "language"]);
    for editor in editors.iter().filter(|editor| kept.is_none_or(|id| id == editor.id)) {
        let View { id, address, name, language } = view(editor);
        table.row([id.to_string(), address.into(), name.into(), language.into()]);
    }
    table.print()
}
