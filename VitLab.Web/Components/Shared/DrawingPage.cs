using VitLab.Experiments;

namespace VitLab.Web.Components.Shared;

/// <summary>Where people draw on a canvas, and how it is spoken of.</summary>
public static class DrawingPage
{
    /// <summary>The page that reads drawings on such a canvas with these weights.</summary>
    public static string AddressOf(CanvasGuide canvas, string experiment, string weights) => canvas switch
    {
        { Limits: not null } => $"/canvas?weights={weights}",
        { Rows: 1, Columns: 1 } => $"/draw?weights={weights}",
        { Rows: 1 } => $"/sequences?weights={weights}",
        _ => $"/grid?canvas={canvas.Rows}x{canvas.Columns}&{experiment}={weights}",
    };

    /// <summary>"Every run on 2 × 2 digits".</summary>
    public static string RunsOn(CanvasGuide canvas) => canvas switch
    {
        { Limits: not null } => "Every run on free canvases",
        { Rows: 1, Columns: 1 } => "Every run on single digits",
        { Rows: 1 } => $"Every run on rows of {canvas.Columns} digits",
        _ => $"Every run on {canvas.Rows} × {canvas.Columns} digits",
    };
}
