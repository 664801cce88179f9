import { ActionIcon, Menu } from "@mantine/core";
import { useReactFlow, useStore } from "@xyflow/react";
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconArrowsMaximize,
  IconBinaryTree,
  IconDownload,
  IconMaximize,
  IconMinus,
  IconPlus,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { SavingNow } from "../inspector/SavingWords";
import type { SheetEditor } from "../sheet/useSheet";
import classes from "./Toolbar.module.css";
import type { Exports } from "./useExports";
import type { Placing } from "./usePositions";

interface ToolbarProps {
  readonly editor: SheetEditor;
  readonly placing: Placing;
  readonly onLayOut: () => void;
  readonly exports: Exports;
  readonly onShowAll: () => void;
  readonly onFullScreen: () => void;
  /** A phone: the canvas has the whole screen, and the bar little room. */
  readonly narrow: boolean;
}

const WHOLE = 100;

/** Undo and redo, export, and how close one looks. */
export function Toolbar({
  editor,
  placing,
  exports,
  onLayOut,
  onShowAll,
  onFullScreen,
  narrow,
}: ToolbarProps) {
  const { t } = useTranslation("sequences");
  const { zoomIn, zoomOut, zoomTo } = useReactFlow();
  return (
    <div className={classes.bar} role="toolbar" aria-label={t("canvas.toolbar")}>
      {!editor.readOnly && (
        <>
          <Tool label={t("undo")} icon={IconArrowBackUp} disabled={!placing.mayUndo} act={placing.undo} />
          <Tool label={t("redo")} icon={IconArrowForwardUp} disabled={!placing.mayRedo} act={placing.redo} />
          <Tool
            label={t("positions.layOut")}
            icon={IconBinaryTree}
            disabled={!placing.hasPlaces}
            act={onLayOut}
          />
          <hr />
        </>
      )}
      <ExportMenu exports={exports} />
      <hr />
      <Tool label={t("canvas.zoomOut")} icon={IconMinus} act={() => void zoomOut()} />
      <button
        type="button"
        className={classes.percent}
        aria-label={t("canvas.zoomTo100")}
        onClick={() => void zoomTo(1)}
      >
        <Percent />
      </button>
      <Tool label={t("canvas.zoomIn")} icon={IconPlus} act={() => void zoomIn()} />
      <Tool label={t("canvas.fit")} icon={IconArrowsMaximize} act={onShowAll} />
      {!narrow && <Tool label={t("canvas.fullScreen")} icon={IconMaximize} act={onFullScreen} />}
      <hr />
      <SavingNow store={editor.store} />
    </div>
  );
}

function Percent() {
  return `${Math.round(useStore(({ transform }) => transform[2]) * WHOLE)} %`;
}

interface ToolProps {
  readonly label: string;
  readonly icon: typeof IconPlus;
  readonly act: () => void;
  readonly disabled?: boolean;
}

function Tool({ label, icon: Icon, act, disabled = false }: ToolProps) {
  return (
    <ActionIcon
      size={30}
      variant={disabled ? "transparent" : "subtle"}
      opacity={disabled ? 0.5 : 1}
      aria-label={label}
      title={label}
      disabled={disabled}
      onClick={act}
    >
      <Icon size={17} stroke={1.75} />
    </ActionIcon>
  );
}

function ExportMenu({ exports }: { readonly exports: Exports }) {
  const { t } = useTranslation("sequences");
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <ActionIcon size={30} aria-label={t("canvas.export")} title={t("canvas.export")}>
          <IconDownload size={17} stroke={1.75} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {(["svg", "png", "print"] as const).map((way) => (
          <Menu.Item key={way} onClick={exports[way]}>
            {t(`canvas.exports.${way}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
