import { copyFileSync, existsSync, readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { parseSettings, type SettingFault } from "../../src/config.ts";
import { fromRoot } from "./paths.ts";

const EXAMPLE = fromRoot(".dev.vars.example");
const OWN = fromRoot(".dev.vars");
const WRANGLER = fromRoot("wrangler.toml");

export type Variables = Record<string, string>;

/** Settings that no Worker may start with. */
export class FaultySettings extends Error {
	readonly faults: readonly SettingFault[];
	constructor(faults: readonly SettingFault[]) {
		super(faults.map(({ setting, detail }) => `  ${setting} ${detail}`).join("\n"));
		this.faults = faults;
	}
}

/** Makes .dev.vars of the example where there is none. */
export function ensureOwnSettings(): void {
	if (existsSync(OWN)) return;
	copyFileSync(EXAMPLE, OWN);
	console.log("Made .dev.vars from .dev.vars.example; it is yours to change.");
}

/**
 * The variables for a local Worker: of a file, with every setting of the example that the
 * environment has put over it.
 *
 * @throws FaultySettings with every fault there is.
 */
export function readVariables(source: "own" | "example", port: number, over: Variables): Variables {
	const file = parseFile(source === "own" ? OWN : EXAMPLE);
	const names = [...new Set([...Object.keys(parseFile(EXAMPLE)), ...Object.keys(file)])];
	const given = names.flatMap((name) => (name in over ? [[name, over[name] ?? ""]] : []));
	const variables: Variables = { ...file, ...Object.fromEntries(given) };
	if (!("PUBLICATION_URL" in over))
		variables.PUBLICATION_URL = onPort(variables.PUBLICATION_URL ?? "", port);
	const settings = parseSettings({
		...variables,
		...bindingsIn(readFileSync(WRANGLER, "utf8")),
	});
	if (!settings.ok) throw new FaultySettings(settings.error);
	return variables;
}

/** Stands for the binding that the transport cloudflare needs, where wrangler.toml has it. */
export function bindingsIn(wranglerToml: string): { readonly EMAIL?: object } {
	return /^\[\[send_email\]\]$/m.test(wranglerToml) ? { EMAIL: {} } : {};
}

/** A local publication is where its port is; links must lead there. */
function onPort(address: string, port: number): string {
	const url = URL.parse(address);
	if (url?.hostname !== "localhost") return address;
	url.port = String(port);
	return url.origin;
}

function parseFile(path: string): Variables {
	return parseEnv(readFileSync(path, "utf8")) as Variables;
}
