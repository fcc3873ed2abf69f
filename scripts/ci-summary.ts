// The closing line of .ci/run, counted from the test runner's own report.
import { readFileSync } from "node:fs";

const [path = ""] = process.argv.slice(2);
const report = JSON.parse(readFileSync(path, "utf8")) as {
	numPassedTests: number;
	numFailedTests: number;
	numPendingTests: number;
};
const { numPassedTests: passed, numFailedTests: failed, numPendingTests: skipped } = report;
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
if (failed > 0 || skipped > 0 || passed === 0) process.exitCode = 1;
