const GROUPS = 8;
const NETWORK_GROUPS = 4;

/**
 * Whom a request comes from, to be counted by: an IPv4 address as it is; of an IPv6 address the
 * network (/64), since whoever has one of its addresses has them all (RFC 6177).
 */
export function sourceOf(address: string): string {
	if (!address.includes(":")) return address;
	const [head = [], tail] = address.split("::").map(groupsOf);
	const missing = tail ? Math.max(GROUPS - head.length - tail.length, 0) : 0;
	const groups = [...head, ...Array<string>(missing).fill("0"), ...(tail ?? [])];
	return `${groups.slice(0, NETWORK_GROUPS).join(":")}::/64`;
}

function groupsOf(part: string): string[] {
	return part === "" ? [] : part.split(":");
}
