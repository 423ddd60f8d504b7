//! Colours by what they are for. The style sheet mixes them.

/// A colour by what it is for. Its value is the style sheet's, for light and dark; see [`ColorRole::variable`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ColorRole {
    /// Where nothing is paved.
    Grass,
    /// Trees.
    Leaf,
    /// Trees where the light falls.
    LeafLight,
    /// The edge of what is paved.
    Kerb,
    /// The roof of the booth.
    Roof,
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
pub const COLOR_ROLES: [ColorRole; 34] = [
    ColorRole::Grass,
    ColorRole::Leaf,
    ColorRole::LeafLight,
    ColorRole::Kerb,
    ColorRole::Roof,
    ColorRole::Asphalt,
    ColorRole::Bay,
    ColorRole::Paint,
    ColorRole::Bare,
    ColorRole::Words,
    ColorRole::Faint,
    ColorRole::Sign,
    ColorRole::SignFaint,
    ColorRole::Cone,
    ColorRole::Band,
    ColorRole::Crack,
    ColorRole::Ring,
    ColorRole::Track,
    ColorRole::Board,
    ColorRole::Key,
    ColorRole::Tag,
    ColorRole::Glass,
    ColorRole::Light,
    ColorRole::Shadow,
    ColorRole::Plate,
    ColorRole::PlateEdge,
    ColorRole::Car(0),
    ColorRole::Car(1),
    ColorRole::Car(2),
    ColorRole::Car(3),
    ColorRole::Car(4),
    ColorRole::Car(5),
    ColorRole::Car(6),
    ColorRole::Car(7),
];

impl ColorRole {
    /// The name of its custom property in `style/tokens.css`.
    pub fn variable(self) -> &'static str {
        match self {
            ColorRole::Grass => "--lot-grass",
            ColorRole::Leaf => "--lot-leaf",
            ColorRole::LeafLight => "--lot-leaf-light",
            ColorRole::Kerb => "--lot-kerb",
            ColorRole::Roof => "--lot-roof",
            ColorRole::Asphalt => "--lot-asphalt",
            ColorRole::Bay => "--lot-bay",
            ColorRole::Paint => "--lot-paint",
            ColorRole::Bare => "--lot-bare",
            ColorRole::Words => "--lot-words",
            ColorRole::Faint => "--lot-faint",
            ColorRole::Sign => "--lot-sign",
            ColorRole::SignFaint => "--lot-sign-faint",
            ColorRole::Cone => "--lot-cone",
            ColorRole::Band => "--lot-band",
            ColorRole::Crack => "--lot-crack",
            ColorRole::Ring => "--lot-ring",
            ColorRole::Track => "--lot-track",
            ColorRole::Board => "--lot-board",
            ColorRole::Key => "--lot-key",
            ColorRole::Tag => "--lot-tag",
            ColorRole::Glass => "--lot-glass",
            ColorRole::Light => "--lot-light",
            ColorRole::Shadow => "--lot-shadow",
            ColorRole::Plate => "--lot-plate",
            ColorRole::PlateEdge => "--lot-plate-edge",
            ColorRole::Car(0) => "--lot-car-0",
            ColorRole::Car(1) => "--lot-car-1",
            ColorRole::Car(2) => "--lot-car-2",
            ColorRole::Car(3) => "--lot-car-3",
            ColorRole::Car(4) => "--lot-car-4",
            ColorRole::Car(5) => "--lot-car-5",
            ColorRole::Car(6) => "--lot-car-6",
            ColorRole::Car(_) => "--lot-car-7",
        }
    }

    /// Its place in [`COLOR_ROLES`].
    pub fn index(self) -> usize {
        COLOR_ROLES.iter().position(|&color| color == self).unwrap_or(COLOR_ROLES.len() - 1)
    }
}
