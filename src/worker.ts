export default {
	async fetch() {
		return new Response("Communiqué");
	},
	async queue() {},
};
