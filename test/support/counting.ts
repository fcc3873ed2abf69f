/** A binding as it is, that notes the name of each method called. */
export function counting<Binding extends object>(binding: Binding, calls: string[]): Binding {
	return new Proxy(binding, {
		get(target, name) {
			const member = Reflect.get(target, name);
			if (typeof member !== "function") return member;
			return (...given: unknown[]) => {
				calls.push(String(name));
				return member.apply(target, given);
			};
		},
	});
}
