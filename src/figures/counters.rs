//! The counters of a tally as figures.

use super::figure::Figure;
use super::table::{count, figures};
use super::value::Unit;
use crate::service::Tally;

/// A row a field of [`Tally`], in the order of the files. Its name in files is the field's.
macro_rules! counters {
    ($($field:ident $id:ident $name:literal $title:literal $unit:ident,)*) => {
        /// A field without a row does not compile.
        const _: fn(&Tally) = |tally| { let Tally { $($field: _),* } = tally; };

        figures! {
            /// Every counter, in the order of the files.
            COUNTERS;
            $($id $name $title $unit |run| count(run.tally.$field),)*
        }
    };
}

counters! {
    arrived ARRIVED "arrived" "Requests" Requests,
    served SERVED "served" "Requests served" Requests,
    timeouts TIMEOUTS "timeouts" "Time-outs" Requests,
    refused REFUSED "refused" "Connections refused" Requests,
    lost LOST "lost" "Requests whose connection was dead" Requests,
    failed FAILED "failed" "Failed statements" Requests,
    cancelled CANCELLED "cancelled" "Requests cancelled" Requests,
    leaked LEAKED "leaked" "Connections kept for ever" Connections,
    gave_up GAVE_UP "gave-up" "Users who gave up" Requests,
    wasted WASTED "wasted" "Requests served to nobody" Requests,
    retried RETRIED "retried" "Requests that came again" Requests,
    turned_away TURNED_AWAY "turned-away" "Requests turned away" Requests,
    waited WAITED "waited" "Requests that had to wait" Requests,
    opened OPENED "opened" "Connections opened" Connections,
    overflowed OVERFLOWED "overflowed" "Connections opened beyond pool_size" Connections,
    closed CLOSED "closed" "Connections closed by the pool" Connections,
    recycled RECYCLED "recycled" "Connections recycled" Connections,
    disconnected DISCONNECTED "disconnected" "Connections found dead" Connections,
    asking ASKING "asking" "Requests that want a connection" Requests,
    holding HOLDING "holding" "Connections in use" Connections,
    nesting NESTING "nesting" "Requests that want a second connection" Requests,
    in_system IN_SYSTEM "in-system" "Requests under way" Requests,
}
