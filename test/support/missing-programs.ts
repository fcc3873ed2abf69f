import type { Reporter, TestModule } from "vitest/node";
import { isMissing, PROGRAMS, type Program } from "./programs.ts";

const FOLDERS = /\/test\/(?:browser|clients|judges)\//;

/** Says at the end of a run how many tests missing programs have left out, and how to get those. */
export default class MissingProgramsReporter implements Reporter {
	onTestRunEnd(modules: readonly TestModule[]): void {
		const missing = (Object.keys(PROGRAMS) as Program[]).filter(isMissing);
		const left = modules
			.filter(({ moduleId }) => FOLDERS.test(moduleId))
			.flatMap((module) => [...module.children.allTests("skipped")]).length;
		if (left === 0 || missing.length === 0) return;
		const packages = missing.map((program) => PROGRAMS[program].from).join(" ");
		console.log(
			`${left} tests did not run: they need ${missing.join(", ")}. To run them: apt-get install ${packages}, then npm test.`,
		);
	}
}
