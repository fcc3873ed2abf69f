import { existsSync, globSync, readFileSync } from "node:fs";
import path from "node:path";

/** What reaches the Worker that the test runtime itself runs, with its own queues. */
const DOORS = ["test/support/door.ts", "src/worker.ts"];
const IMPORT = /from "(\.[^"]+\.tsx?)"/g;

/**
 * The test files that knock at the running Worker. Its queues may still be at work when such a file
 * ends, so it has a runtime to itself; the others can share one.
 *
 * @param root the project's folder.
 * @param tests glob of test files, within the folder.
 */
export function listKnocking(root: string, tests: string): string[] {
	const known = new Map<string, boolean>();
	const knocks = (file: string): boolean => {
		const before = known.get(file);
		if (before !== undefined) return before;
		// Until it is known: files may import each other.
		known.set(file, false);
		const answer = DOORS.includes(file) || importsOf(root, file).some(knocks);
		known.set(file, answer);
		return answer;
	};
	return globSync(tests, { cwd: root }).filter(knocks);
}

/** What a file of the tests imports of the tests, and of the doors. */
function importsOf(root: string, file: string): string[] {
	const whole = path.join(root, file);
	if (!file.startsWith("test/") || !existsSync(whole)) return [];
	const found = readFileSync(whole, "utf8").matchAll(IMPORT);
	return [...found].map(([, name = ""]) => path.join(path.dirname(file), name));
}
