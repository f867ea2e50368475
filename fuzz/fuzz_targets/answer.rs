//! Gives the client any bytes as the answer to a call: it returns a reply or an error, and no secret of the request is in either. The first byte
//! chooses the status and the charset of the answer. Run it with `cargo xtask fuzz answer`.
#![no_main]

use std::time::Duration;

use libfuzzer_sys::fuzz_target;
use webex_xml::core::Core;
use webex_xml::{Credentials, HttpResponse, ep, mask_secrets, user};

const SECRET: &str = "S3cretOfTheCaller";

fuzz_target!(|bytes: &[u8]| {
    let Some((number, body)) = bytes.split_first() else { return };
    let status = if number & 0x80 == 0 { 200 } else { 500 };
    let charset = ["text/xml", "text/xml; charset=utf-8", "text/xml; charset=ISO-8859-1", "text/html; charset=utf-16"];
    let response = HttpResponse::new(status, body).with_header("Content-Type", charset[usize::from(number & 3)]);
    let mut core = Core::new("acme");
    core.credentials = Credentials::password("jane", SECRET);
    let took = Duration::from_millis(5);
    // The answer itself may have the secret only as the client has sent it.
    let echoes = String::from_utf8_lossy(body).contains(SECRET);
    let shown = match number >> 2 & 3 {
        0 => core.prepare(ep::GetSiteType::new()).map(|call| format!("{:?}", call.finish(Ok(response), took))),
        1 => core.prepare(user::LstSummaryUser::new()).map(|call| format!("{:?}", call.finish(Ok(response), took))),
        2 => core.prepare(ep::LstRecording::new()).map(|call| format!("{:?}", call.finish(Ok(response), took))),
        _ => core
            .prepare(user::AuthenticateUser::new())
            .map(|call| format!("{:?}", call.finish(Ok(response), took).map_err(|error| error.to_string()))),
    };
    assert!(echoes || !shown.is_ok_and(|shown| shown.contains(SECRET)));
    let _ = mask_secrets(&String::from_utf8_lossy(body));
});
