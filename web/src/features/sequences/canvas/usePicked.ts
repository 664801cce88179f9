import { applyNodeChanges, type NodeChange } from "@xyflow/react";
import { useCallback, useState } from "react";
import type { StepNode } from "./drawn";

/** The nodes as they are shown: where the layout put them, but for what is dragged; and which are picked. */
export function usePicked(drawn: readonly StepNode[]) {
  const [from, setFrom] = useState(drawn);
  const [nodes, setNodes] = useState<StepNode[]>(() => [...drawn]);
  if (from !== drawn) {
    setFrom(drawn);
    setNodes(withPicked(drawn, keysOf(nodes)));
  }
  const onNodesChange = useCallback((changes: NodeChange<StepNode>[]) => {
    setNodes((held) => applyNodeChanges(changes, held));
  }, []);
  const pick = useCallback((keys: readonly string[]) => {
    setNodes((held) => withPicked(held, keys));
  }, []);
  /** Put back what was dragged. */
  const settle = useCallback(() => {
    setNodes((held) => withPicked(drawn, keysOf(held)));
  }, [drawn]);
  return { nodes, picked: keysOf(nodes), onNodesChange, pick, settle };
}

function keysOf(nodes: readonly StepNode[]): readonly string[] {
  return nodes.filter(({ selected }) => selected === true).map(({ id }) => id);
}

function withPicked(nodes: readonly StepNode[], keys: readonly string[]): StepNode[] {
  const picked = new Set(keys);
  return nodes.map((node) => {
    const isPicked = picked.has(node.id);
    return (node.selected ?? false) === isPicked ? node : { ...node, selected: isPicked };
  });
}
