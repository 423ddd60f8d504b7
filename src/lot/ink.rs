//! Colours by what they are for. The style sheet mixes them.

/// A colour by what it is for. Its value is the style sheet's, for light and dark; see [`Ink::variable`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ink {
    /// The asphalt of the lot and the road.
    Asphalt,
    /// A paved bay.
    Bay,
    /// White paint: lines of bays and lanes.
    Paint,
    /// The outline of a bay that was never built.
    Bare,
    /// Words.
    Words,
    /// Quieter words and thin lines.
    Faint,
    /// Words on asphalt.
    Sign,
    /// Quieter words on asphalt.
    SignFaint,
    /// Warning orange: cones, extra bays, patience that runs out.
    Cone,
    /// The cone's band.
    Band,
    /// A crack.
    Crack,
    /// The ring of patience.
    Ring,
    /// What is gone of a ring.
    Track,
    /// The rack's board.
    Board,
    /// A key.
    Key,
    /// Words on a key.
    Tag,
    /// Windows of cars.
    Glass,
    /// Headlights.
    Light,
    /// The shadow of a car.
    Shadow,
    /// Numbers on cars.
    Plate,
    /// The plate under a number on a car.
    PlateEdge,
    /// One of the eight car colours.
    Car(u8),
}

/// The inks by their index: everything but the cars, then the cars.
pub const INKS: [Ink; 29] = [
    Ink::Asphalt,
    Ink::Bay,
    Ink::Paint,
    Ink::Bare,
    Ink::Words,
    Ink::Faint,
    Ink::Sign,
    Ink::SignFaint,
    Ink::Cone,
    Ink::Band,
    Ink::Crack,
    Ink::Ring,
    Ink::Track,
    Ink::Board,
    Ink::Key,
    Ink::Tag,
    Ink::Glass,
    Ink::Light,
    Ink::Shadow,
    Ink::Plate,
    Ink::PlateEdge,
    Ink::Car(0),
    Ink::Car(1),
    Ink::Car(2),
    Ink::Car(3),
    Ink::Car(4),
    Ink::Car(5),
    Ink::Car(6),
    Ink::Car(7),
];

impl Ink {
    /// The name of its custom property in `style/tokens.css`.
    pub fn variable(self) -> &'static str {
        match self {
            Ink::Asphalt => "--lot-asphalt",
            Ink::Bay => "--lot-bay",
            Ink::Paint => "--lot-paint",
            Ink::Bare => "--lot-bare",
            Ink::Words => "--lot-words",
            Ink::Faint => "--lot-faint",
            Ink::Sign => "--lot-sign",
            Ink::SignFaint => "--lot-sign-faint",
            Ink::Cone => "--lot-cone",
            Ink::Band => "--lot-band",
            Ink::Crack => "--lot-crack",
            Ink::Ring => "--lot-ring",
            Ink::Track => "--lot-track",
            Ink::Board => "--lot-board",
            Ink::Key => "--lot-key",
            Ink::Tag => "--lot-tag",
            Ink::Glass => "--lot-glass",
            Ink::Light => "--lot-light",
            Ink::Shadow => "--lot-shadow",
            Ink::Plate => "--lot-plate",
            Ink::PlateEdge => "--lot-plate-edge",
            Ink::Car(0) => "--lot-car-0",
            Ink::Car(1) => "--lot-car-1",
            Ink::Car(2) => "--lot-car-2",
            Ink::Car(3) => "--lot-car-3",
            Ink::Car(4) => "--lot-car-4",
            Ink::Car(5) => "--lot-car-5",
            Ink::Car(6) => "--lot-car-6",
            Ink::Car(_) => "--lot-car-7",
        }
    }

    /// Its place in [`INKS`].
    pub fn index(self) -> usize {
        INKS.iter().position(|&ink| ink == self).unwrap_or(INKS.len() - 1)
    }
}
