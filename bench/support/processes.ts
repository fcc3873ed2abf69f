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
	return memoryOf(pid, /^Private_\w+/);
}

/** All of a process and its children that is in memory, what it shares with others in it. */
export function residentBytesOf(pid: number): number {
	return memoryOf(pid, /^Rss/);
}

/** Memory of a process and its children that comes from no file. */
export function anonymousBytesOf(pid: number): number {
	return memoryOf(pid, /^Anonymous/);
}

/** The sum of the lines of the kernel's summary whose name is one of these, in bytes. */
function memoryOf(pid: number, name: RegExp): number {
	const kilobytes = familyOf(pid)
		.flatMap((one) => readFileSync(`/proc/${one}/smaps_rollup`, "utf8").split("\n"))
		.filter((line) => name.test(line))
		.map((line) => Number(/:\s+(\d+) kB$/.exec(line)?.[1]));
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
