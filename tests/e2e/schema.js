// The schemas of what a frame and the page around it say to each other.
import Ajv2020 from "ajv/dist/2020.js";
import { readFileSync } from "node:fs";
import { expect } from "./site.js";

const read = (path) => JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8"));
const messages = read("../../docs/messages.schema.json");
const ajv = new Ajv2020({ strict: true, strictRequired: false, strictTypes: false, allowUnionTypes: true, formats: { iri: (text) => URL.canParse(text) } });
ajv.addSchema(messages, "messages");
const isFromFrame = ajv.compile({ $ref: "messages#/$defs/fromFrame" });
export const isToFrame = ajv.compile({ $ref: "messages#/$defs/toFrame" });
const isStatement = ajv.compile(read("./xapi.schema.json"));

/// Holds everything that a frame has said against the schemas.
export function hold(said) {
  const ours = said.filter((message) => message?.valet !== undefined);
  expect(ours.length).toBeGreaterThan(0);
  for (const message of ours) {
    expect(isFromFrame(message), `${JSON.stringify(message)}: ${ajv.errorsText(isFromFrame.errors)}`).toBe(true);
    if (message.type === "xapi") expect(isStatement(message.statement), `${JSON.stringify(message)}: ${ajv.errorsText(isStatement.errors)}`).toBe(true);
  }
}
