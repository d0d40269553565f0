// Reads a vCard and a QR code with libraries that share nothing with ours.
// Standard input: JSON {card, width, height, grey}; standard output: JSON {properties, code}.
const ICAL = require("ical.js");
const jsQR = require("jsqr");

const given = JSON.parse(require("fs").readFileSync(0, "utf8"));
const card = (ICAL.default ?? ICAL).Component.fromString(given.card);
const properties = card.getAllProperties().map((p) => [p.name, p.getValues()]);
const grey = Buffer.from(given.grey, "base64");
const pixels = Uint8ClampedArray.from({ length: grey.length * 4 }, (_, i) => i % 4 === 3 ? 255 : grey[i >> 2]);
const found = (jsQR.default ?? jsQR)(pixels, given.width, given.height);
const code = found && Buffer.from(found.binaryData).toString("utf8");
process.stdout.write(JSON.stringify({ properties, code }));
