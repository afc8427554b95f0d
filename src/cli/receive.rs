//! `zinas receive`: one mail from standard input, for a mail server's pipe or a delivery agent.
//!
//! The exit status is the answer to the mail server, in the words of sysexits.h: everything that may be mended, a
//! wrong configuration too, is “come again” (75), so that no mail is lost or bounced by our fault.

use clap::Args;

use super::answer::{Failure, Outcome};
use super::start::Global;
use crate::inbound::intake::{Envelope, IntakeError, Stored};
use crate::inbound::pipe;

#[derive(Args)]
pub struct Receive {
    /// MAIL FROM; `<>` for the null sender
    #[arg(long, env = "SENDER", value_name = "ADDRESS", hide_env_values = true)]
    sender: Option<String>,
    /// RCPT TO; may be given several times
    #[arg(long = "recipient", env = "RECIPIENT", value_name = "ADDRESS", hide_env_values = true)]
    recipients: Vec<String>,
}

pub async fn run(receive: Receive, global: &Global) -> Outcome {
    let later = |failure: Failure| Failure::MailLater(failure.sentence());
    let limit = global.config().map_err(later)?.inbound.size_bytes_max;
    let mail = pipe::read_mail(std::io::stdin().lock(), limit)
        .map_err(|error| Failure::MailLater(format!("cannot read standard input to its end: {error}")))?;
    let Some(content) = mail else { return Err(too_large(limit)) };
    if content.is_empty() {
        return Err(Failure::MailRefused("there is no mail on standard input".to_owned()));
    }
    let envelope = Envelope {
        sender: pipe::sender(receive.sender.as_deref()),
        recipients: receive.recipients.into_iter().filter(|recipient| !recipient.trim().is_empty()).collect(),
    };
    let app = global.app().await.map_err(later)?;
    match pipe::store(&app, &content, &envelope).await {
        Ok(Stored::New | Stored::Known) => Ok(Vec::new()),
        Err(IntakeError::TooLarge { limit }) => Err(too_large(limit)),
        Err(error @ (IntakeError::Full(_) | IntakeError::Storage(_))) => {
            Err(later(Failure::Outside(error.into())))
        }
    }
}

fn too_large(limit: usize) -> Failure {
    let megabytes = limit >> 20;
    Failure::MailRefused(format!(
        "the mail is larger than {megabytes} MB (inbound.size_mb_max), it was not taken"
    ))
}
