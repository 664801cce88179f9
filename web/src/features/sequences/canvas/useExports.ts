import { useTranslation } from "react-i18next";
import type { Sequence } from "@/api/sequences";
import { pagesOf } from "@/flow/pages";
import { PRINTED, svgOf, type Drawing } from "@/flow/picture";
import type { Drawn } from "./useDrawn";
import { PAPER, usePrinting } from "./usePrinting";

export interface Exports {
  readonly svg: () => void;
  readonly png: () => void;
  readonly print: () => void;
}

const SCALE = 2;
const MOST_PIXELS = 16_000;

/** Return what makes a picture of the whole flow: as a file, or on paper. */
export function useExports({ graph, layout, nodes, edges }: Drawn, sequence: Sequence): Exports {
  const { i18n } = useTranslation();
  const { name } = sequence;
  const drawing = () => drawingOf({ graph, layout, nodes, edges });
  const picture = () => svgOf(drawing(), { title: name, below: drawnAt(i18n.language) });
  usePrinting(() => {
    const whole = drawing();
    const frames = pagesOf(whole, PAPER);
    return frames.map((frame, index) => {
      const page = frames.length > 1 ? ` · ${index + 1} / ${frames.length}` : "";
      return svgOf(whole, { title: name, below: `${drawnAt(i18n.language)}${page}` }, PRINTED, frame);
    });
  });
  return {
    svg: () => {
      save(new Blob([picture()], { type: "image/svg+xml" }), `${name}.svg`);
    },
    png: () =>
      void pngOf(picture()).then((blob) => {
        if (blob !== null) save(blob, `${name}.png`);
      }),
    print: () => {
      window.print();
    },
  };
}

function drawnAt(language: string): string {
  return new Date().toLocaleString(language, { dateStyle: "medium", timeStyle: "short" });
}

function drawingOf({
  graph,
  layout,
  nodes,
  edges,
}: Pick<Drawn, "graph" | "layout" | "nodes" | "edges">): Drawing {
  return {
    boxes: nodes.flatMap(({ id, data }) => {
      const box = layout.boxes.get(id);
      if (box === undefined) return [];
      const { x, y, width, height } = box;
      const lines = [data.delay === "" ? "" : data.when, data.notes]
        .filter((line) => line !== "")
        .slice(0, 1);
      const trouble = data.trouble.split("\n")[0] ?? "";
      return [
        {
          ...{ x, y, width, height, lines },
          title: data.title,
          ...(data.kindWords !== "" && height > 40 && { kind: `${data.number} · ${data.kindWords}` }),
          ...(trouble !== "" && { problem: trouble, isWarning: data.severity === "warning" }),
        },
      ];
    }),
    strokes: graph.edges.flatMap((edge, index) => {
      const route = layout.routes.get(edge.id);
      if (route === undefined) return [];
      const label = edges[index]?.data?.name ?? "";
      return [
        {
          points: route.points,
          dashed: edge.role !== "way",
          ...(label !== "" && { label }),
          ...(route.name && { at: route.name }),
        },
      ];
    }),
  };
}

function save(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => {
    URL.revokeObjectURL(link.href);
  }, 0);
}

/** Draw an SVG into pixels; very large ones become smaller, as browsers have a limit. */
async function pngOf(svg: string): Promise<Blob | null> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const scale = Math.min(SCALE, MOST_PIXELS / Math.max(image.width, image.height));
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.width * scale, image.height * scale];
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => {
    canvas.toBlob(resolve);
  });
}
