import path from "node:path";

const ROOT = path.resolve(import.meta.dirname, "../..");

/** A file of the project, absolute. */
export function fromRoot(...parts: string[]): string {
	return path.join(ROOT, ...parts);
}

/** A command that npm has installed for the project. */
export function bin(name: string): string {
	return fromRoot("node_modules", ".bin", name);
}
