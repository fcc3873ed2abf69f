// Templates and the stylesheet are bundled as text (`[[rules]]` in wrangler.toml).
declare module "*.mjml" {
	const text: string;
	export default text;
}
declare module "*.liquid" {
	const text: string;
	export default text;
}
declare module "*.css" {
	const text: string;
	export default text;
}
declare module "*.svg" {
	const text: string;
	export default text;
}
