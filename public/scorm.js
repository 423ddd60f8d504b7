// SCORM packages, 1.2 and 2004: a thin zip that frames a scene and translates its messages. The teachers' page and
// `make scorm` make them with this.

const SCHEMAS = {
  1.2: {
    attributes:
      'xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2" version="1.0"',
    version: "1.2",
    type: "adlcp:scormtype",
  },
  2004: {
    attributes: 'xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" version="1.0"',
    version: "2004 4th Edition",
    type: "adlcp:scormType",
  },
};

/** The files beside the manifest. */
export const FILES = ["frame.html", "frame.css", "frame.js"];

const escape = (text) => text.replace(/[&<>"]/gu, (sign) => `&#${sign.charCodeAt(0)};`);

/** The manifest of a package of an edition, "1.2" or "2004". */
export function manifest(edition, { name, title }) {
  const { attributes, version, type } = SCHEMAS[edition];
  const id = name.replace(/[^\w-]/gu, "-");
  return `<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="valet-${id}" ${attributes}>
  <metadata><schema>ADL SCORM</schema><schemaversion>${version}</schemaversion></metadata>
  <organizations default="valet">
    <organization identifier="valet">
      <title>${escape(title)}</title>
      <item identifier="item" identifierref="scene"><title>${escape(title)}</title></item>
    </organization>
  </organizations>
  <resources>
    <resource identifier="scene" type="webcontent" ${type}="sco" href="frame.html">
${FILES.map((file) => `      <file href="${file}"/>`).join("\n")}
    </resource>
  </resources>
</manifest>
`;
}

/** A package: `files` are the texts of FILES, `address` is where the scene is. */
export function scorm(edition, { name, title, address }, files) {
  const page = files["frame.html"].replaceAll("TITLE", escape(title)).replace("ADDRESS", escape(address));
  return zip({ "imsmanifest.xml": manifest(edition, { name, title }), ...files, "frame.html": page });
}

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  for (let bit = 0; bit < 8; bit++) byte = byte & 1 ? 0xedb88320 ^ (byte >>> 1) : byte >>> 1;
  return byte;
});
const crc = (bytes) => ~bytes.reduce((sum, byte) => TABLE[(sum ^ byte) & 255] ^ (sum >>> 8), ~0) >>> 0;

/** A zip file of texts, not compressed: they are a few kilobytes. */
export function zip(files) {
  const encoder = new TextEncoder();
  const [parts, directory] = [[], []];
  let at = 0;
  const numbers = (...fields) => {
    const view = new DataView(new ArrayBuffer(fields.reduce((sum, [size]) => sum + size, 0)));
    let place = 0;
    for (const [size, value] of fields) {
      if (size === 2) view.setUint16(place, value, true);
      else view.setUint32(place, value, true);
      place += size;
    }
    return new Uint8Array(view.buffer);
  };
  for (const [name, text] of Object.entries(files)) {
    const [title, bytes] = [encoder.encode(name), encoder.encode(text)];
    // Version, flags (names in UTF-8), method, time and day (1980-01-01: the same files make the same package), sum, sizes, lengths.
    const common = [[2, 20], [2, 0x0800], [2, 0], [2, 0], [2, 0x21], [4, crc(bytes)], [4, bytes.length], [4, bytes.length], [2, title.length], [2, 0]];
    parts.push(numbers([4, 0x04034b50], ...common), title, bytes);
    directory.push(numbers([4, 0x02014b50], [2, 20], ...common, [2, 0], [2, 0], [2, 0], [4, 0], [4, at]), title);
    at += 30 + title.length + bytes.length;
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  const many = directory.length / 2;
  const end = numbers([4, 0x06054b50], [2, 0], [2, 0], [2, many], [2, many], [4, size], [4, at], [2, 0]);
  const all = [...parts, ...directory, end];
  const whole = new Uint8Array(all.reduce((sum, part) => sum + part.length, 0));
  all.reduce((place, part) => (whole.set(part, place), place + part.length), 0);
  return whole;
}
