/** Types of the one module that is used of swagger-ui-dist, which ships none. */
declare module 'swagger-ui-dist/absolute-path.js' {
  /** The folder of the package's files. */
  const absolutePath: () => string;
  export default absolutePath;
}
