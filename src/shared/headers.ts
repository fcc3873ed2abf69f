/** Sets headers of an answer that has some already. */
export function setHeaders({ headers }: Response, more: Readonly<Record<string, string>>): void {
	for (const [name, value] of Object.entries(more)) headers.set(name, value);
}
