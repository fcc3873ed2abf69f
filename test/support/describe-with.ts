import { describe } from "vitest";
import { isMissing, type Program } from "./programs.ts";

/**
 * `describe` for a suite that needs programs of Debian's. Where one is missing, a person's test run
 * leaves the suite out and says so at its end; in CI its tests fail.
 */
export function describeWith(...programs: readonly Program[]) {
	return describe.skipIf(programs.some(isMissing) && !process.env.CI);
}
