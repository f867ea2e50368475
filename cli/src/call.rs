//! Runs `call`, which prints the answer of an operation. With `--dry-run` it prints the message that would be sent, with `--skeleton` a
//! request to fill in. The request is built in `request`, the caller is determined in `credentials`, and the answer is printed by `output`.

use std::sync::{Arc, Mutex, PoisonError};

use webex_xml::transport::Transport;
use webex_xml::types::serv::AnyBodyContent;
use webex_xml::{Client, CommonIdentity as _, HttpRequest, HttpResponse, SiteType, TransportError, TransportErrorKind};

use crate::args::{Call, Output};
use crate::console::Console;
use crate::credentials::Ready;
use crate::failure::{Failure, Problem, of_call};
use crate::output::Printing;
use crate::table::{Layout, check_columns};
use crate::{credentials, output, request, skeleton};

/// Runs `call`.
pub(crate) fn run(call: &Call, console: Console) -> Result<String, Failure> {
    let operation = call.operation;
    if call.skeleton {
        return Ok(skeleton::of(operation));
    }
    let printing = printing(call)?;
    let body = request::build(call, operation, console)?;
    if call.dry_run {
        return dry_run(call, body, printing.form, console);
    }
    let Ready { mut client, url, body } = credentials::ready(call, body)?;
    if call.verbose {
        client = client.with_wire_log(move |event| console.wire(event));
    }
    warn_of_ignored_fields(&client, &body, console);
    let reply = client.call_dynamic(body).map_err(|error| of_call(&error, &url, call.timeout))?;
    reply.notes.iter().for_each(|note| console.note(&note.to_string()));
    if reply.notes.rest() > 0 {
        console.note(&format!("{} further notes", reply.notes.rest()));
    }
    output::answer(&reply.body, &printing, console).map_err(Failure::from)
}

/// Returns the options for printing. Columns that no answer can have are refused before anything is sent.
fn printing(call: &Call) -> Result<Printing, Failure> {
    let form = match (call.output, &call.columns[..]) {
        (None, []) => Output::Xml,
        (None | Some(Output::Table), _) => Output::Table,
        (Some(form), []) => form,
        (Some(_), _) => return Err(Problem::new("usage", "--columns needs --output table").into()),
    };
    check_columns(&call.columns, call.operation.response)?;
    let width = match call.width {
        Some(width) => Some(width).filter(|width| *width > 0),
        None => terminal_size::terminal_size_of(std::io::stdout()).map(|(width, _)| usize::from(width.0)),
    };
    Ok(Printing { form, show_secrets: call.show_secrets, layout: Layout { columns: call.columns.clone(), width } })
}

/// Warns of fields that a Common Identity site ignores without an error. This asks for the type of the site.
fn warn_of_ignored_fields(client: &Client, body: &AnyBodyContent, console: Console) {
    let AnyBodyContent::SetUser(request) = body else { return };
    let ignored = request.ignored_fields();
    // If the site does not answer, the call itself fails.
    if !ignored.is_empty() && client.site_type().is_ok_and(|site_type| site_type == SiteType::CommonIdentity) {
        console.note(&format!("this is a Common Identity site, where setUser ignores {}", ignored.join(", ")));
    }
}

/// Returns the message that would be sent, with its secrets masked.
fn dry_run(call: &Call, body: AnyBodyContent, form: Output, console: Console) -> Result<String, Failure> {
    let written = Arc::new(Mutex::new(String::new()));
    let sent = Arc::clone(&written);
    let Ready { client, url, body } = credentials::preview(call, body, Nowhere)?;
    // The wire log has the message with its secrets masked.
    let client = client.with_wire_log(move |event| event.xml.clone_into(&mut sent.lock().unwrap_or_else(PoisonError::into_inner)));
    let outcome = client.call_dynamic(body);
    let xml = std::mem::take(&mut *written.lock().unwrap_or_else(PoisonError::into_inner));
    match outcome {
        Err(error) if xml.is_empty() => Err(of_call(&error, &url, call.timeout)),
        _ => {
            if form != Output::Json {
                console.note(&format!("nothing was sent; the address is {url}"));
            }
            Ok(output::message(&xml, &url, call.operation, form))
        }
    }
}

/// A transport that sends nothing.
struct Nowhere;

impl Transport for Nowhere {
    fn send(&self, _request: &HttpRequest) -> Result<HttpResponse, TransportError> {
        Err(TransportError::new(TransportErrorKind::Other, "nothing is sent"))
    }
}
