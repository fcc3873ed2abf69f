declare module "*.example?raw" {
	const text: string;
	export default text;
}
