import type { Reporter, TestModule } from "vitest/node";

/** Says at the end of a run how many tests a missing browser has left out, and how to get it. */
export default class MissingBrowserReporter implements Reporter {
	onTestRunEnd(modules: readonly TestModule[]): void {
		const left = modules
			.filter(({ moduleId }) => moduleId.includes("/test/browser/"))
			.flatMap((module) => [...module.children.allTests("skipped")]).length;
		if (left > 0)
			console.log(
				`${left} browser tests did not run. To run them: apt-get install chromium, then npm test.`,
			);
	}
}
