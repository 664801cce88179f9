// Which folder of src/ may import which. Features never import each other; flow/ is pure and knows no React.
import path from "node:path";

/** @type {Record<string, readonly string[]>} */
const MAY_IMPORT = {
  api: [],
  flow: [],
  ui: ["flow"],
  dialogs: ["api", "flow", "ui"],
  features: ["api", "dialogs", "flow", "ui"],
  app: ["api", "dialogs", "flow", "ui", "features"],
};

/** What a test may import beside what its folder may: the server that answers from a table, and the frame. */
const FOR_TESTS = /^app\/testing\//;
const TEST = /\.test\.tsx?$/;

/** Packages that draw or fetch, and so have no place in flow/. */
const IMPURE =
  /^(react|react-dom|react-router|react-i18next|i18next|@mantine|@tabler|@tanstack|@xyflow)(\/|$)/;

/** @param {string} file path below src/ @returns {[folder: string, feature: string]} */
function placeOf(file) {
  const [folder = "", feature = ""] = file.split("/");
  return [folder, folder === "features" ? feature : ""];
}

/** @param {string} source @param {string} importer absolute path @param {string} root absolute path of src/ */
function targetOf(source, importer, root) {
  if (source.startsWith("@/")) return source.slice(2);
  if (!source.startsWith(".")) return undefined;
  return path.relative(root, path.resolve(path.dirname(importer), source)).replaceAll(path.sep, "/");
}

/** @param {string} source @param {string} importer absolute path @param {string} root absolute path of src/ */
export function fault(source, importer, root) {
  const [folder, feature] = placeOf(path.relative(root, importer).replaceAll(path.sep, "/"));
  const target = targetOf(source, importer, root);
  if (target === undefined) {
    return folder === "flow" && IMPURE.test(source)
      ? `flow/ is pure: it may not import ${source}`
      : undefined;
  }
  if (TEST.test(importer) && FOR_TESTS.test(target)) return undefined;
  const [into, intoFeature] = placeOf(target);
  if (into === folder && intoFeature === feature) return undefined;
  if (into === folder) return `features do not import each other: ${feature} may not import ${intoFeature}`;
  return MAY_IMPORT[folder]?.includes(into) ? undefined : `${folder}/ may not import ${into}/`;
}

/** @type {import("eslint").Rule.RuleModule} */
export const layers = {
  meta: { type: "problem", schema: [{ type: "string" }] },
  create(context) {
    const root = context.options[0];
    /** @param {any} node */
    function check(node) {
      const source = node.source?.value;
      const message = typeof source === "string" ? fault(source, context.filename, root) : undefined;
      if (message) context.report({ node, message });
    }
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
    };
  },
};
