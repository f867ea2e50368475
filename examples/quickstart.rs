//! Starts a sandbox and calls it like a live site: `cargo run --example quickstart`.
#![allow(clippy::print_stdout, reason = "an example prints its results")]

use std::error::Error as StdError;

use webex_xml::{Client, Credentials, Direction, Error, Site, ep, user};
use webex_xml_sandbox::{ADMIN, HOST, ROOM_KEY, Sandbox, SiteKind};

fn main() -> Result<(), Box<dyn StdError>> {
    let sandbox = Sandbox::builder().site("acme").kind(SiteKind::Ci).start()?;
    let site = Site::named("acme").at(sandbox.base_url());
    let client = Client::new(site).with_wire_log(|event| {
        let arrow = if event.direction == Direction::Sent { "-->" } else { "<--" };
        println!("  {arrow} {} ({} bytes)\n      {}", event.operation, event.size, event.xml.trim());
    });

    println!("GetSiteType: needs no credentials");
    let reply = client.call(&ep::GetSiteType::new())?;
    println!("  site type {} in {:?}\n", reply.site_type, reply.elapsed);

    println!("CreateUser: refused on a Common Identity site, as a typed fault");
    let admin = client.clone().with_credentials(Credentials::password(ADMIN.webex_id, ADMIN.password));
    let jane = user::CreateUser::new("jane@acme.example".to_owned()).with_first_name("Jane").with_password("S3cret-of-Jane");
    match admin.call(&jane) {
        Err(Error::Fault(fault)) => println!("  {:?} = {}: {:?}\n", fault.kind(), fault.exception_id, fault.reason),
        other => println!("  {other:?}\n"),
    }

    println!("GetSessionInfo: the host's personal room");
    let host = client.with_credentials(Credentials::password(HOST.webex_id, HOST.password));
    let room = host.call(&ep::GetSessionInfo::new(ROOM_KEY))?.into_body();
    println!("  sipURL {:?}", room.sip_url);
    if let Some(access) = &room.access_control {
        println!("  audioPassword {:?} (only `expose()` shows it)", access.audio_password);
    }
    Ok(())
}
