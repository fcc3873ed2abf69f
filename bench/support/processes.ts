// What a process and those that it started use, as Linux tells it (proc(5)).
import { readdirSync, readFileSync } from "node:fs";

/** Clock ticks a second, in which /proc counts: USER_HZ, 100 on every Linux. */
const TICKS = 100;

/** Processor time of a process and its children so far, in seconds, that of the system for them in it. */
export function cpuSecondsOf(pid: number): number {
	const ticks = familyOf(pid).map((one) => {
		const fields = statOf(one);
		return Number(fields[11]) + Number(fields[12]);
	});
	return ticks.reduce((sum, number) => sum + number, 0) / TICKS;
}

/** Memory of a process and its children that nobody else has, in bytes. */
export function privateBytesOf(pid: number): number {
	const kilobytes = familyOf(pid).map((one) => {
		const rollup = readFileSync(`/proc/${one}/smaps_rollup`, "utf8");
		return [...rollup.matchAll(/^Private_\w+:\s+(\d+) kB$/gm)].reduce(
			(sum, [, number]) => sum + Number(number),
			0,
		);
	});
	return kilobytes.reduce((sum, number) => sum + number, 0) * 1024;
}

/** The processes of a name that this one has started and that run. */
export function childrenNamed(name: string): number[] {
	return familyOf(process.pid).filter(
		(one) => readFileSync(`/proc/${one}/comm`, "utf8").trim() === name,
	);
}

/** The process itself, its children, and theirs. */
function familyOf(pid: number): number[] {
	const children = readdirSync("/proc")
		.filter((name) => /^\d+$/.test(name))
		.map(Number)
		.filter((one) => parentOf(one) === pid);
	return [pid, ...children.flatMap(familyOf)];
}

function parentOf(pid: number): number {
	try {
		return Number(statOf(pid)[1]);
	} catch {
		return -1; // It has ended meanwhile.
	}
}

/** The fields after the name, which may have spaces in it: state, parent, and so on. */
function statOf(pid: number): string[] {
	const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
	return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
}
