//! `zinas item correct`: a dated correction of what was published.

use super::view::CorrectionView;
use crate::app::App;
use crate::cli::answer::{Failure, Outcome, json};
use crate::cli::start::Global;
use crate::cli::text::local;
use crate::newsroom::corrections::{NotCorrected, correct};

pub async fn run(app: &App, id: i64, text: &str, by: &str, global: &Global) -> Outcome {
    match correct(app, id, text, by).await {
        Ok(row) if global.json => json(&CorrectionView::of(&row)),
        Ok(row) => {
            let at = local(row.at, app.config.publication.zone);
            Ok(format!("item {id} is corrected since {at}; readers are told in the next issue\n")
                .into_bytes())
        }
        Err(NotCorrected::NoSuchItem) => Err(Failure::missing("item", id)),
        Err(NotCorrected::Failed(error)) => Err(error.into()),
        Err(why @ (NotCorrected::NotPublished(_) | NotCorrected::NoWords | NotCorrected::TooLong)) => {
            Err(Failure::no(why.to_string()))
        }
    }
}
