import { ActionIcon, Menu } from "@mantine/core";
import { useFullscreenDocument } from "@mantine/hooks";
import { useReactFlow, useStore } from "@xyflow/react";
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconArrowsMaximize,
  IconBinaryTree,
  IconDownload,
  IconMaximize,
  IconMinimize,
  IconMinus,
  IconPlus,
} from "@tabler/icons-react";
import { memo, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { SavingNow } from "../inspector/SavingWords";
import type { DraftStore } from "../editor/store";
import classes from "./Toolbar.module.css";
import type { Exports } from "./useExports";

export interface ToolbarProps {
  readonly store: DraftStore;
  readonly readOnly: boolean;
  readonly mayUndo: boolean;
  readonly mayRedo: boolean;
  readonly hasPlaces: boolean;
  readonly acts: Exports & Readonly<Record<"undo" | "redo" | "layOut" | "showAll", () => void>>;
  /** A phone: the canvas has the whole screen, and the bar little room. */
  readonly narrow: boolean;
}

const WHOLE = 100;

/** Undo and redo, export, and how close one looks. An edit that changes none of what it shows does not draw it anew. */
export const Toolbar = memo(function Toolbar(props: ToolbarProps) {
  const { t } = useTranslation("sequences");
  const { zoomIn, zoomOut, zoomTo } = useReactFlow();
  const { acts, narrow } = props;
  return (
    <div className={classes.bar} role="toolbar" aria-label={t("canvas.toolbar")}>
      {!props.readOnly && (
        <>
          <Tool label={t("undo")} icon={IconArrowBackUp} disabled={!props.mayUndo} act={acts.undo} />
          <Tool label={t("redo")} icon={IconArrowForwardUp} disabled={!props.mayRedo} act={acts.redo} />
          <Tool
            label={t("positions.layOut")}
            icon={IconBinaryTree}
            disabled={!props.hasPlaces}
            act={acts.layOut}
          />
          <hr />
        </>
      )}
      <ExportMenu exports={acts} />
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
      <Tool label={t("canvas.fit")} icon={IconArrowsMaximize} act={acts.showAll} />
      {!narrow && <FullScreen />}
      <hr />
      <SavingNow store={props.store} />
    </div>
  );
});

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
      variant="subtle"
      className={classes.tool}
      aria-label={label}
      title={label}
      disabled={disabled}
      onClick={act}
    >
      <Icon size={17} stroke={1.75} />
    </ActionIcon>
  );
}

/**
 * The sheet and what is beside it, over the whole screen. The document itself is enlarged, and the sheet over it: menus,
 * dialogs and toasts stand beside the sheet in the document, and nobody would see them.
 */
function FullScreen() {
  const { t } = useTranslation("sequences");
  const { fullscreen, toggle } = useFullscreenDocument();
  useEffect(
    () => () => {
      if (document.fullscreenElement === document.documentElement) void document.exitFullscreen();
    },
    [],
  );
  return (
    <Tool
      label={t(fullscreen ? "canvas.leaveFullScreen" : "canvas.fullScreen")}
      icon={fullscreen ? IconMinimize : IconMaximize}
      act={() => void toggle()}
    />
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
