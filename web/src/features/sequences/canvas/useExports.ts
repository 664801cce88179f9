import { useTranslation } from "react-i18next";
import type { Sequence } from "@/api/sequences";
import { svgOf, type Drawing } from "@/flow/picture";
import type { Drawn } from "./useDrawn";

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
  const picture = () => {
    const drawing = drawingOf({ graph, layout, nodes, edges });
    return svgOf(drawing, { title: sequence.name, below: drawnAt(i18n.language) });
  };
  return {
    svg: () => {
      save(new Blob([picture()], { type: "image/svg+xml" }), `${sequence.name}.svg`);
    },
    png: () =>
      void pngOf(picture()).then((blob) => {
        if (blob !== null) save(blob, `${sequence.name}.png`);
      }),
    print: () => {
      printed(picture());
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

/** Print a picture alone, in a frame that goes again. */
function printed(svg: string): void {
  const frame = document.createElement("iframe");
  frame.style.cssText = "position:fixed;width:0;height:0;border:0";
  frame.srcdoc = `<style>@page{margin:12mm}body{margin:0}svg{width:100%;height:auto}</style>${svg}`;
  frame.addEventListener("load", () => {
    frame.contentWindow?.addEventListener("afterprint", () => {
      frame.remove();
    });
    frame.contentWindow?.print();
  });
  document.body.append(frame);
}
