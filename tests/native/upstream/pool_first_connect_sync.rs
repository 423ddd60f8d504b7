//! `PoolFirstConnectSyncTest`

use super::dbapi::Place;
use super::kit::Kit;
use super::threads::Step;
use valet::pool::{Hook, Listeners, Settings};
use valet::time::Span;

const CHECKOUT: [Step; 4] =
    [Step::Connect, Step::Sleep(Span::from_millis(20)), Step::Close, Step::Sleep(Span::from_millis(20))];

#[test]
fn test_sync() {
    let listeners = Listeners::ASKED;
    let mut kit = Kit::new(Settings { pool_size: 3, max_overflow: 0, listeners, ..Settings::DEFAULT });
    kit.dbapi.takes(Place::Listener(Hook::FirstConnect), Span::from_secs(1));
    for _ in 0..5 {
        kit.start(2, &CHECKOUT);
    }
    kit.join();
    let all_three: Vec<_> = (0..3).map(|_| kit.connect().unwrap()).collect();
    for conn in all_three {
        kit.close(conn).unwrap();
    }
    let told = kit.told(&[Hook::FirstConnect, Hook::Connect]);
    assert_eq!(told, ["first_connect", "connect", "connect", "connect"]);
}
